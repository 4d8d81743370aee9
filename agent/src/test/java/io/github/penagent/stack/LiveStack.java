package io.github.penagent.stack;

import io.github.penagent.peers.RealPrometheus;
import io.github.penagent.peers.RunningAgent;
import io.github.penagent.peers.Site;
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

    private final Deque<Runnable> running = new ArrayDeque<>();

    final Instant begun = Instant.now();

    /** Shows its blacklists. */
    final Site web = running(Site.withStatusPage(4), Site::close).underLoad(30, 6);

    final Site shop = running(Site.of(4), Site::close).underLoad(30, 3);

    /** Nobody heals it. */
    final Site alone = running(Site.of(2), Site::close).underLoad(30);

    final RunningAgent agent = running(
            RunningAgent.with()
                    .listening("web", web.pen)
                    .listening("shop", shop.pen)
                    .listening("alone", alone.pen)
                    // A pen that waits for a processor seems to have been kept busy by us; here many wait for one.
                    .set("poll { interval = 1s, deadline = 1s, max-pen-load = 10% }")
                    .set("recent-clients { interval = 1s, top = 5 }")
                    .set(
                            "checks = [{ name = home, type = http, path = \"/10\", interval = 500ms, fast-interval = 200ms,"
                                    + " timeout = 400ms }]")
                    .set(
                            "remediation { mode = enforce, pens { web = enforce, shop = enforce }, lease = 6s, warm-up = 1s }")
                    .start(),
            RunningAgent::close);

    final RealPrometheus prometheus = running(
            RealPrometheus.start(PROMETHEUS.formatted(quoted(Shipped.rules()), agent.address())),
            RealPrometheus::close);

    private <T> T running(T started, Consumer<T> end) {
        running.push(() -> end.accept(started));
        return started;
    }

    private static String quoted(List<Path> files) {
        return files.stream().map(file -> "'" + file + "'").collect(Collectors.joining(", "));
    }

    @Override
    public void close() {
        running.forEach(Runnable::run);
    }
}
