package io.github.penagent.healing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** From a backend's own metric through a rule, Prometheus, Alertmanager and the agent to pen, and back. */
class LoopIT {
    private static final Duration SOON = Duration.ofSeconds(20);

    /** A last repetition, the end of that, and of the last lease. */
    private static final Duration AT_LATEST = Loop.TTL.plus(Settings.LEASE).plus(Settings.SLACK.multipliedBy(3));

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void what_only_a_rule_can_see_takes_a_backend_out_and_its_end_lets_it_back(@TempDir Path folder) {
        try (Loop loop = new Loop(folder)) {
            JsonObject ejection = outage(loop);
            long out = Story.millis(ejection);
            await("renewed while the alert is repeated")
                    .atMost(Settings.LEASE.multipliedBy(4))
                    .until(() -> loop.story.written("renew").size() >= 2);
            assertThat(loop.site.servedBy(0, out + 500))
                    .as("clients it had keep none of it")
                    .isEmpty();
            assertThat(loop.site.servedBy(1, out)).isNotEmpty();
            assertThat(loop.site.servedBy(2, out)).isNotEmpty();
            assertThat(loop.heard("duplicate")).isPositive();

            loop.quick(0);
            long quick = System.currentTimeMillis();
            long back = loop.site.awaitServedBy(0, quick, AT_LATEST);
            System.out.printf("loop: back %d ms after it was well again%n", back - quick);
            assertThat(loop.heard("resolved")).isPositive();
            assertThat(loop.story.firstWritten("eject", 0, quick)).isEmpty();
            assertThat(loop.alertmanager.warnings())
                    .as("but for mail, which nobody takes here")
                    .noneMatch(line -> line.contains("webhook"));
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void without_an_alertmanager_to_say_that_it_is_over_it_ends_by_itself(@TempDir Path folder) {
        try (Loop loop = new Loop(folder)) {
            outage(loop);
            loop.alertmanager.kill();
            long killed = System.currentTimeMillis();
            loop.quick(0);
            long back = loop.site.awaitServedBy(0, killed, AT_LATEST.multipliedBy(2));
            System.out.printf("loop: back %d ms after Alertmanager was killed%n", back - killed);
            assertThat(back - killed).isLessThanOrEqualTo(AT_LATEST.toMillis());
            assertThat(loop.heard("resolved")).isZero();

            loop.alertmanager.restart();
            await("Prometheus tells it that all is over").atMost(SOON).untilAsserted(() -> assertThat(
                            loop.prometheus.query("ALERTS{alertstate='firing'}"))
                    .isEmpty());
            long again = System.currentTimeMillis();
            loop.site.awaitServedBy(0, again, SOON);
            assertThat(loop.story.firstWritten("eject", 0, back)).isEmpty();
        }
    }

    /** Ended with the slow backend out on the word of the alert alone. */
    private static JsonObject outage(Loop loop) {
        loop.site.awaitTraffic();
        loop.agent.afterPolls(4, "web");
        long slow = System.currentTimeMillis();
        loop.slow(0);
        JsonObject ejection = loop.story.awaitWritten("eject", 0, slow, SOON);
        System.out.printf("loop: out %d ms after it got slow%n", Story.millis(ejection) - slow);
        assertThat(loop.ejections().get(0).getString("source")).isEqualTo("alert");
        assertThat(loop.ejections().get(0).encode()).contains("alert BackendSlow fires", loop.site.address(0));
        assertThat(loop.heard("accepted")).isOne();
        assertThat(loop.agent.metrics().value("pen_ejections_total", "pen", "web", "source", "alert"))
                .isOne();
        return ejection;
    }
}
