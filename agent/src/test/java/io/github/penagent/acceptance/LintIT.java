package io.github.penagent.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.penagent.peers.FakePen;
import io.github.penagent.peers.HttpBackend;
import io.github.penagent.peers.HttpTraffic;
import io.github.penagent.peers.MetricsPage;
import io.github.penagent.peers.MetricsPage.Sample;
import io.github.penagent.peers.PenScript;
import io.github.penagent.peers.Promtool;
import io.github.penagent.peers.RealPen;
import io.github.penagent.peers.Run;
import io.github.penagent.peers.RunningAgent;
import io.github.penagent.penctl.Endpoint;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The whole page, the JVM's part included, before Prometheus' own linter. */
class LintIT {
    private static final Duration SOON = Duration.ofSeconds(30);

    @Test
    void promtool_finds_nothing_on_a_page_with_pens_up_down_and_never_tried() throws IOException {
        try (HttpBackend backend = HttpBackend.start();
                RealPen pen = RealPen.with().backend(backend).start();
                FakePen hung = FakePen.that(PenScript.hangs());
                RunningAgent agent = RunningAgent.with()
                        .pen("up", pen)
                        .pen("down", new Endpoint.Tcp("127.0.0.1", 1))
                        .pen("hung", hung.endpoint())
                        .set("poll { interval = 200ms, deadline = 1m }")
                        .set("recent-clients { interval = 1s, top = 10 }")
                        .launch()) {
            HttpTraffic.to(pen.listenPort()).get("127.0.0.2", 1_000);
            await("every kind of row").atMost(SOON).untilAsserted(() -> {
                MetricsPage page = agent.metrics();
                assertThat(page.value("pen_up", "pen", "up")).isOne();
                assertThat(page.value("pen_polls_total", "pen", "down")).isPositive();
                assertThat(page.samples())
                        .extracting(Sample::name)
                        .contains(
                                "pen_client_sent_bytes_total",
                                "pen_server_sent_bytes_per_second",
                                "pen_info",
                                "pen_agent_build_info",
                                "jvm_memory_used_bytes",
                                "process_cpu_seconds_total");
            });
            String page = agent.page();
            assertThat(MetricsPage.parse(page).value("pen_up", "pen", "down")).isZero();
            assertThat(MetricsPage.parse(page).value("pen_polls_total", "pen", "hung"))
                    .isZero();
            assertThat(Promtool.checkMetrics(page)).isEqualTo(new Run(0, ""));
        }
    }
}
