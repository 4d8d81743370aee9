package io.github.penagent.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.penagent.peers.MetricsPage;
import io.github.penagent.peers.RunningAgent;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Many pens are watched like one: in time, and without a thread for each. */
@EnabledIfSystemProperty(named = "full", matches = "true", disabledReason = "half a minute: mvn verify -Pfull")
class ManyPensIT {
    private static final int PENS = 200;
    private static final int ROUNDS = 10;
    private static final double SECOND = 1e9;

    @Test
    void two_hundred_pens_are_each_asked_once_a_second_by_a_handful_of_threads() {
        try (ManyPens many = ManyPens.listening(PENS)) {
            RunningAgent.Builder builder = RunningAgent.with().set("poll.interval = 1s");
            for (int i = 0; i < PENS; i++) {
                builder.pen("pen" + i, many.pens().get(i).endpoint());
            }
            try (RunningAgent agent = builder.start()) {
                List<Long> firsts = many.pens().stream()
                        .map(pen -> pen.polls().get(0))
                        .sorted()
                        .toList();
                assertThat(firsts.get(PENS - 1) - firsts.get(0))
                        .isLessThan(Duration.ofSeconds(2).toNanos());

                await("rounds").atMost(Duration.ofSeconds(40)).until(() -> many.pens().stream()
                        .allMatch(pen -> pen.polls().size() > ROUNDS));
                // Whoever found a pause of its own in pen's reply asks less often for a while.
                List<Double> intervals =
                        many.pens().stream().map(pen -> interval(pen.polls())).toList();
                assertThat(intervals).allSatisfy(seconds -> assertThat(seconds).isBetween(0.85, 1.4));
                assertThat(intervals.stream().mapToDouble(seconds -> seconds).sum() / PENS)
                        .isBetween(0.95, 1.1);

                MetricsPage page = agent.metrics();
                assertThat(page.all("pen_up")).hasSize(PENS).allSatisfy(row -> assertThat(row.number())
                        .isOne());
                assertThat(page.all("pen_server_sent_bytes_total")).hasSize(2 * PENS);
                assertThat(page.all("pen_poll_failures_total"))
                        .allSatisfy(row -> assertThat(row.number()).isZero());
                assertThat(page.value("jvm_threads_live_threads")).isLessThan(60);
            }
        }
    }

    /** The mean, in seconds. */
    private static double interval(List<Long> polls) {
        return (polls.get(ROUNDS) - polls.get(0)) / SECOND / ROUNDS;
    }
}
