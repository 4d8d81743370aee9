package io.github.penagent.stack;

import io.github.penagent.peers.Ports;
import io.github.penagent.peers.RealPrometheus;
import io.github.penagent.peers.RunningAgent;
import io.github.penagent.peers.Site;
import io.github.penagent.peers.TemporaryFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * What users run: pens with backends and clients that never rest, an agent that heals two of them and only watches the third, and
 * a Prometheus with the rules as shipped, that reads the agent every second.
 */
final class LiveStack implements AutoCloseable {
    private static final String PROMETHEUS = """
            global: { scrape_interval: 1s, scrape_timeout: 1s, evaluation_interval: 1s }
            rule_files: [%s]
            scrape_configs:
              - job_name: pen-agent
                static_configs: [{ targets: ['%s'] }]
            """;

    /** Quick. A pen that waits for a processor seems to have been kept busy by us; here many wait for one. */
    private static final String SETTINGS = """
            poll { interval = 1s, deadline = 1s, max-pen-load = 10%% }
            recent-clients { interval = 1s, top = 5 }
            checks = [{ name = home, type = http, path = "/10", interval = 500ms, timeout = 400ms }]
            remediation {
              mode = enforce, pens { web = enforce, shop = enforce }, lease = 6s, warm-up = 1s
              kill-switch-file = "%s"
            }
            admin { enabled = true, listen = "%s", token-file = "%s" }
            """;

    private final Deque<Runnable> running = new ArrayDeque<>();

    private final Path directory = running(temporary(), TemporaryFiles::delete);
    private final String admin = "127.0.0.1:" + Ports.free("127.0.0.1");

    final Instant begun = Instant.now();

    /** Shows its blacklists. */
    final Site web = running(Site.withStatusPage(4, 100, 200), Site::close).underLoad(30, 6);

    final Site shop = running(Site.of(4), Site::close).underLoad(30, 3);

    /** Nobody heals it. */
    final Site alone = running(Site.of(2, "-c", "20"), Site::close).underLoad(25);

    final RunningAgent agent = running(
            RunningAgent.with()
                    .listening("web", web.pen)
                    .listening("shop", shop.pen)
                    .listening("alone", alone.pen)
                    .set(SETTINGS.formatted(killSwitch(), admin, token()))
                    .start(),
            RunningAgent::close);

    final RealPrometheus prometheus = running(
            RealPrometheus.start(PROMETHEUS.formatted(quoted(Shipped.rules()), agent.address())),
            RealPrometheus::close);

    /** People put it there to stop the agent's hand. */
    Path killSwitch() {
        return directory.resolve("kill-switch");
    }

    /** Where alerts go, for those who have the word. */
    String webhook() {
        return "http://" + admin + "/api/v1/alerts";
    }

    private Path token() {
        try {
            return Files.writeString(directory.resolve("token"), "open-sesame-open-sesame");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private <T> T running(T started, Consumer<T> end) {
        running.push(() -> end.accept(started));
        return started;
    }

    private static Path temporary() {
        try {
            return Files.createTempDirectory("stack");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String quoted(List<Path> files) {
        return files.stream().map(file -> "'" + file + "'").collect(Collectors.joining(", "));
    }

    @Override
    public void close() {
        running.forEach(Runnable::run);
    }
}
