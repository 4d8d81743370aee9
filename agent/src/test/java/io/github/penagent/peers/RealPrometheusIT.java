package io.github.penagent.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** The fixtures themselves: what a test builds on must hold. */
class RealPrometheusIT {
    private static final Duration SOON = Duration.ofSeconds(30);

    @Test
    void prometheus_scrapes_a_target_and_answers_queries() {
        int port = Ports.free("127.0.0.1");
        try (RealPrometheus prometheus = RealPrometheus.scraping(Duration.ofMillis(500), "127.0.0.1:" + port)) {
            await().atMost(SOON).untilAsserted(() -> assertThat(prometheus.value("up{job='pen-agent'}"))
                    .isEqualTo(OptionalDouble.of(0)));
            assertThat(prometheus.data("/api/v1/targets").getJsonArray("activeTargets"))
                    .hasSize(1);
            assertThat(prometheus.value("absent_metric")).isEmpty();
            assertThat(prometheus.log()).contains("Server is ready");
            assertThat(prometheus.warnings()).isEmpty();
        }
    }

    @Test
    void promtool_tells_a_good_page_from_a_bad_one() {
        Run good = Promtool.checkMetrics("# HELP pen_up Whether.\n# TYPE pen_up gauge\npen_up 1\n");
        assertThat(good).isEqualTo(new Run(0, ""));
        Run bad = Promtool.checkMetrics("pen_up one\n");
        assertThat(bad.exit()).isNotZero();
        assertThat(bad.output()).contains("line 1");
    }
}
