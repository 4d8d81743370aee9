package io.github.penagent.poll;

import static io.github.penagent.poll.Watched.EVERY_SECOND;
import static io.github.penagent.poll.Watched.NO_CLIENTS;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.penagent.fleet.PenState;
import io.github.penagent.fleet.SkipReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RereadTest {
    private static final Duration MOMENT = Duration.ofMillis(20);

    private final Watched pen = new Watched(EVERY_SECOND, NO_CLIENTS);
    private final List<PenState> answers = new ArrayList<>();

    @Test
    void a_pen_is_polled_now_however_fresh_its_state_is() {
        quiet();
        long before = polls();
        reread();
        pen.pass(MOMENT);

        assertThat(polls()).isEqualTo(before + 1);
        assertThat(answers).singleElement().isSameAs(pen.state());
    }

    @Test
    void nothing_happens_before_the_subscription() {
        quiet();
        long before = polls();
        pen.watch.reread();
        pen.pass(MOMENT);

        assertThat(polls()).isEqualTo(before);
    }

    @Test
    void a_poll_whose_servers_are_still_to_come_is_joined() {
        pen.control.takes(Duration.ofMillis(10), Duration.ZERO);
        quiet();
        long before = polls();
        reread();
        pen.pass(Duration.ofMillis(5));
        reread();
        reread();
        pen.pass(Duration.ofMillis(100));

        assertThat(answers).hasSize(3);
        assertThat(polls()).isEqualTo(before + 1);
    }

    @Test
    void a_poll_that_is_past_the_servers_is_followed_by_another_one() {
        Watched slow = new Watched(EVERY_SECOND, NO_CLIENTS);
        slow.control.takes(Duration.ofMillis(50), Duration.ZERO);
        while (!slow.control.asked().contains("conn_max")) {
            slow.pass(Duration.ofMillis(1));
        }
        assertThat(slow.state().tally().polls()).isOne();
        List<PenState> late = new ArrayList<>();
        slow.watch.reread().subscribe(late::add);
        slow.watch.reread().subscribe(late::add);
        slow.pass(Duration.ofMillis(40));
        assertThat(late).as("what is there is too old").isEmpty();

        slow.pass(Duration.ofMillis(450));
        assertThat(late).hasSize(2).allMatch(state -> state.tally().polls() == 2);
        assertThat(slow.control.times("servers")).as("one poll serves both").isEqualTo(2);
        slow.stop();
    }

    @Test
    void a_pen_that_does_not_answer_is_an_answer_too() {
        quiet();
        pen.control.replies(command -> "!");
        reread();
        pen.pass(MOMENT);

        assertThat(answers).singleElement().matches(state -> !state.up());
    }

    @Test
    void the_rhythm_stays_and_nothing_counts_as_skipped() {
        List<Long> without = times(false);
        List<Long> with = times(true);

        assertThat(with).containsAll(without);
    }

    /** When polls of one pen began, in ms, as far as they were due. */
    private static List<Long> times(boolean rereading) {
        Watched watched = new Watched(EVERY_SECOND, NO_CLIENTS);
        watched.control.takes(Duration.ZERO, Duration.ZERO);
        List<Long> times = new ArrayList<>();
        long before = 0;
        for (long millis = 0; millis < 30_000; millis++) {
            if (rereading && millis % 1_000 == 350) {
                watched.watch.reread().subscribe();
            }
            watched.pass(Duration.ofMillis(1));
            if (watched.control.times("servers") > before) {
                times.add(millis);
                before = watched.control.times("servers");
            }
        }
        assertThat(watched.skips(SkipReason.OVERLAP)).isZero();
        assertThat(watched.skips(SkipReason.LOAD_BUDGET)).isZero();
        watched.stop();
        return times;
    }

    @Test
    void a_due_poll_for_which_another_stands_is_not_skipped_but_more_of_them_are() {
        Watched wished = new Watched(EVERY_SECOND, NO_CLIENTS);
        quiet(wished);
        wished.control.takes(Duration.ofMillis(900), Duration.ZERO);
        wished.watch.reread().subscribe();
        wished.pass(Duration.ofMillis(900));

        assertThat(wished.skips(SkipReason.OVERLAP)).isZero();
        wished.control.takes(Duration.ofMillis(3_500), Duration.ZERO);
        wished.nextPoll();
        assertThat(wished.skips(SkipReason.OVERLAP)).isPositive();
        wished.stop();
    }

    /** Until a poll has just ended, and nothing is under way. */
    private void quiet() {
        quiet(pen);
    }

    private static void quiet(Watched watched) {
        watched.pass(Duration.ofSeconds(3));
        watched.nextPoll();
        watched.pass(Duration.ofMillis(200));
    }

    private void reread() {
        pen.watch.reread().subscribe(answers::add);
    }

    private long polls() {
        return pen.control.times("servers");
    }
}
