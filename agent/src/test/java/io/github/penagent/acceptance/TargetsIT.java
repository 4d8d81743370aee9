package io.github.penagent.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.penagent.peers.HttpBackend;
import io.github.penagent.peers.MetricsPage;
import io.github.penagent.peers.RealPen;
import io.github.penagent.peers.RunningAgent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pens that stand in files beside the configuration. */
class TargetsIT {
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    private Path folder = Path.of("");

    @Test
    void pens_come_and_go_with_their_files_and_those_that_stay_count_on() throws IOException {
        try (HttpBackend backend = HttpBackend.start();
                RealPen fixed = RealPen.with().backend(backend).start();
                RealPen one = RealPen.with().backend(backend).start();
                RealPen two = RealPen.with().backend(backend).start()) {
            Files.writeString(folder.resolve("one.json"), list("one", one));
            try (RunningAgent agent = agent().pen("fixed", fixed).start()) {
                awaitPens(agent, "fixed", "one");
                double polls = agent.afterPolls(2, "one").value("pen_polls_total", "pen", "one");

                Files.writeString(folder.resolve("two.conf"), "pens = " + list("two", two));
                awaitPens(agent, "fixed", "one", "two");
                Files.writeString(folder.resolve("one.json"), "[{ half a fi");
                await("noticed").atMost(SOON).until(() -> failures(agent) > 0);
                assertThat(agent.metrics().value("pen_up", "pen", "one")).isOne();

                agent.write(agent().pen("fixed", fixed).set("poll.interval = 150ms"));
                agent.reload();
                MetricsPage page = agent.afterPolls(2, "one");
                assertThat(page.by("pen", "pen_up").keySet()).containsExactlyInAnyOrder("fixed", "one", "two");
                assertThat(page.value("pen_polls_total", "pen", "one")).isGreaterThan(polls);

                Files.delete(folder.resolve("one.json"));
                awaitPens(agent, "fixed", "two");
                assertThat(agent.metrics().samples())
                        .noneMatch(row -> "one".equals(row.labels().get("pen")));
            }
        }
    }

    @Test
    void files_alone_are_enough_and_a_reload_may_take_them_away() throws IOException {
        try (HttpBackend backend = HttpBackend.start();
                RealPen one = RealPen.with().backend(backend).start();
                RealPen two = RealPen.with().backend(backend).start()) {
            Files.writeString(folder.resolve("one.json"), list("one", one));
            try (RunningAgent agent = agent().start()) {
                awaitPens(agent, "one");
                agent.write(RunningAgent.with().pen("two", two));
                agent.reload();
                awaitPens(agent, "two");
            }
        }
    }

    private RunningAgent.Builder agent() {
        return RunningAgent.with()
                .set("poll.interval = 100ms")
                .set("targets { files = [\"%s/*.json\", \"%s/*.conf\"], refresh = 1s }".formatted(folder, folder));
    }

    private static String list(String name, RealPen pen) {
        return "[{ \"name\": \"%s\", \"control\": \"%s\" }]".formatted(name, pen.controlEndpoint());
    }

    private static void awaitPens(RunningAgent agent, String... names) {
        await(String.join(", ", names))
                .atMost(SOON)
                .until(() -> agent.metrics().by("pen", "pen_up").keySet().equals(Set.of(names)));
    }

    private static double failures(RunningAgent agent) {
        return agent.metrics().all("pen_agent_target_refresh_failures_total").stream()
                .mapToDouble(MetricsPage.Sample::number)
                .sum();
    }
}
