package io.github.penagent.stack;

import io.github.penagent.peers.FakePen;
import io.github.penagent.peers.RealAlertmanager;
import io.github.penagent.peers.RealPrometheus;
import io.github.penagent.peers.RunningAgent;
import io.github.penagent.peers.ShippedRoutes;
import io.github.penagent.peers.Site;
import io.github.penagent.peers.TemporaryFiles;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
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
import java.util.stream.IntStream;

/**
 * What users run: pens with backends and clients that never rest, an agent that heals all but one of them, and an Alertmanager and
 * a Prometheus that reads the agent every second, with rules and routes of alerts as shipped.
 */
final class LiveStack implements AutoCloseable {
    private static final String PROMETHEUS = """
            global: { scrape_interval: 1s, scrape_timeout: 1s, evaluation_interval: 1s }
            rule_files: [%s]
            alerting: { alertmanagers: [{ static_configs: [{ targets: ['%s'] }] }] }
            scrape_configs:
              - job_name: pen-agent
                static_configs: [{ targets: ['%s'] }]
            """;

    /** Quick. A pen that waits for a processor seems to have been kept busy by us; here many wait for one. */
    private static final String SETTINGS = """
            poll { interval = 1s, deadline = 1s, max-pen-load = 10%% }
            recent-clients { interval = 1s, top = 5 }
            checks = [
              { name = home, type = http, path = "/10", interval = 500ms, timeout = 400ms, pens = [web, alone, odd] }
              { name = some, type = http, path = "/10", interval = 500ms, timeout = 400ms, pens = [shop], addresses = [%s] }
            ]
            remediation {
              mode = enforce, pens { web = enforce, shop = enforce, odd = enforce }, lease = 6s, warm-up = 1s
              alerts = [{ rule = BackendErrors, alone = true }]
              kill-switch-file = "%s"
            }
            """;

    private final Deque<Runnable> running = new ArrayDeque<>();

    private final Path directory = running(temporary(), TemporaryFiles::delete);

    final Instant begun = Instant.now();

    /** Shows its blacklists. */
    final Site web = running(Site.withStatusPage(4, 100, 200), Site::close).underLoad(30, 6);

    final Site shop = running(Site.of(4), Site::close).underLoad(30, 3);

    /** Nobody heals it. */
    final Site alone = running(Site.of(2, "-c", "20", "-x", "24"), Site::close).underLoad(25);

    /** Nothing that is seen of it counts as ordinary. */
    final Site odd = running(Site.of(3), Site::close).underLoad(20);

    final OddDoor door = new OddDoor(odd.pen);
    private final FakePen doorway = running(FakePen.that(door), FakePen::close);

    final RunningAgent agent = running(
            RunningAgent.with()
                    .listening("web", web.pen)
                    .listening("shop", shop.pen)
                    .listening("alone", alone.pen)
                    .pen("odd", doorway.endpoint())
                    .set(SETTINGS.formatted(checked(), killSwitch()))
                    .admin(token())
                    .start(),
            RunningAgent::close);

    final RealAlertmanager alertmanager = running(
            RealAlertmanager.start(
                    ShippedRoutes.to(agent.adminAddress(), token()).text()),
            RealAlertmanager::close);

    final RealPrometheus prometheus = running(
            RealPrometheus.start(
                    PROMETHEUS.formatted(quoted(Shipped.rules()), alertmanager.address(), agent.address())),
            RealPrometheus::close);

    /** What an application behind the web says of one of its backends, from now on. */
    static JsonArray alert(String name, String address) {
        JsonObject labels = new JsonObject()
                .put("alertname", name)
                .put("pen", "web")
                .put("address", address)
                .put("pen_action", "eject");
        return new JsonArray()
                .add(new JsonObject()
                        .put("labels", labels)
                        .put("startsAt", Instant.now().toString()));
    }

    /** All but one of the shop. */
    private String checked() {
        return IntStream.range(0, 3)
                .mapToObj(slot -> '"' + shop.address(slot) + '"')
                .collect(Collectors.joining(", "));
    }

    /** People put it there to stop the agent's hand. */
    Path killSwitch() {
        return directory.resolve("kill-switch");
    }

    /** Where alerts go, for those who have the word. */
    String webhook() {
        return "http://" + agent.adminAddress() + "/api/v1/alerts";
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
