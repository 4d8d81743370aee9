package io.github.penagent.poll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.penagent.fleet.SkipReason;
import io.github.penagent.penctl.Answer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LoadBudgetTest {
    private static final long MS = 1_000_000;

    @Test
    void a_poll_of_ten_servers_a_second_is_far_within_one_percent() {
        LoadBudget budget = new LoadBudget(0.01);
        budget.begin(0);
        budget.spent(timing(0), 10);

        assertThat(budget.nextAllowed()).isLessThan(10 * MS);
    }

    @Test
    void the_round_trip_does_not_count_but_the_time_from_first_to_last_byte_does() {
        LoadBudget far = new LoadBudget(0.01);
        LoadBudget slow = new LoadBudget(0.01);
        for (long i = 0; i < 5; i++) {
            far.begin(i * 1000 * MS);
            far.spent(new Answer.Timing(0, 500 * MS, 500 * MS, 100), 10);
            slow.begin(i * 1000 * MS);
            slow.spent(new Answer.Timing(0, 0, 500 * MS, 100), 10);
        }

        assertThat(far.nextAllowed()).isLessThan(4_010 * MS);
        assertThat(slow.nextAllowed()).isGreaterThan(50_000 * MS);
    }

    @Test
    void pauses_of_our_own_are_not_taken_for_a_slow_pen_as_long_as_one_reply_in_five_is_quick() {
        LoadBudget budget = new LoadBudget(0.01);
        for (long i = 0; i < 30; i++) {
            budget.begin(i * 1000 * MS);
            budget.spent(timing(i % 5 == 0 ? 0 : 150 * MS), 10);
        }

        assertThat(budget.nextAllowed()).isLessThan(29_010 * MS);
    }

    @Test
    void a_slow_pen_is_noticed_after_a_few_replies() {
        LoadBudget budget = new LoadBudget(0.01);
        long now = 0;
        for (int i = 0; i < 30; i++) {
            budget.begin(now);
            budget.spent(timing(20 * MS), 1000);
            now += 1000 * MS;
        }
        assertThat(budget.nextAllowed() - (now - 1000 * MS)).isCloseTo(2_000 * MS, within(100 * MS));
        assertThat(budget.occupancy()).isCloseTo(0.02, within(0.002));
    }

    @Test
    void occupancy_is_the_share_of_time_spent() {
        LoadBudget budget = new LoadBudget(0.5);
        for (long i = 0; i < 50; i++) {
            budget.begin(i * 100 * MS);
            budget.spent(timing(0), 320);
        }
        assertThat(budget.occupancy()).isCloseTo(0.01, within(0.0001));
    }

    @Test
    void a_short_interval_stretches_until_the_share_is_kept() {
        Watched pen =
                new Watched(new PollSettings(Duration.ofMillis(20), Duration.ofSeconds(1), 0.01), Watched.NO_CLIENTS);
        pen.servers = Watched.servers(1000, 1);

        pen.pass(Duration.ofSeconds(60));

        // 3.04 ms of pen's time each, so one in 304 ms.
        assertThat(pen.control.times("servers")).isBetween(170L, 200L);
        assertThat(pen.skips(SkipReason.LOAD_BUDGET)).isPositive();
        assertThat(pen.state().last().orElseThrow().sample().occupancy()).isBetween(0.008, 0.0101);
    }

    private static Answer.Timing timing(long replyNanos) {
        return new Answer.Timing(0, 0, replyNanos, 1);
    }
}
