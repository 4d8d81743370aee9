package io.github.penagent.healing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.penagent.peers.MetricsPage;
import io.github.penagent.peers.RunningAgent;
import io.github.penagent.peers.Site;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The same outage on three pens, none of which may be changed. */
abstract class ModeCases {
    private static final Duration SOON = Duration.ofSeconds(15);

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void below_enforce_nothing_is_written_and_each_mode_says_as_much_as_it_should() {
        try (Site dry = Site.of(2).underLoad(25);
                Site observed = Site.of(2).underLoad(25);
                Site off = Site.of(2).underLoad(25);
                RunningAgent agent = Settings.quick()
                        .pen("dry", dry.pen)
                        .pen("observed", observed.pen)
                        .pen("off", off.pen)
                        .set("remediation { mode = enforce, pens { dry = dry-run, off = off } }")
                        .start()) {
            List<Site> all = List.of(dry, observed, off);
            all.forEach(Site::awaitTraffic);
            agent.afterPolls(4, "dry");
            all.forEach(site -> site.kill(0));
            Story story = Story.of(agent, "dry");
            JsonObject eject = await("a dry run")
                    .atMost(SOON)
                    .until(
                            () -> story.decided("eject").stream()
                                    .filter(line -> "mode".equals(line.getString("refused_by")))
                                    .findFirst(),
                            Optional::isPresent)
                    .orElseThrow();
            long decided = Story.millis(eject);
            await("still tried").atMost(SOON).until(() -> all.stream()
                    .allMatch(site -> site.load()
                                    .requests(r -> !r.served() && r.begunMillis() > decided + 1_000)
                                    .size()
                            > 5));

            assertThat(eject.getString("mode")).isEqualTo("dry-run");
            assertThat(eject.getString("evidence")).contains("home", "refused");
            assertThat(agent.log()).contains("would eject ").contains(dry.address(0));
            assertThat(kinds(agent, "observed")).containsOnly("failing");
            assertThat(kinds(agent, "off")).isEmpty();
            assertThat(agent.audit())
                    .allMatch(line -> line.getString("pen").equals("dry")
                            && line.getString("phase").equals("decided"));

            MetricsPage page = agent.metrics();
            assertThat(page.value("pen_remediation_mode", "pen", "dry")).isEqualTo(2);
            assertThat(page.value("pen_remediation_mode", "pen", "observed")).isEqualTo(1);
            assertThat(page.value("pen_remediation_mode", "pen", "off")).isZero();
            assertThat(page.value("pen_ejections_suppressed_total", "pen", "dry", "guard", "mode"))
                    .isPositive();
            assertThat(page.all("pen_server_ejected"))
                    .allSatisfy(row -> assertThat(row.number()).isZero());
            assertThat(page.all("pen_ejections_total"))
                    .allSatisfy(row -> assertThat(row.number()).isZero());
        }
    }

    private static List<String> kinds(RunningAgent agent, String pen) {
        return agent.decisions(pen).stream()
                .map(line -> line.getString("decision"))
                .toList();
    }
}
