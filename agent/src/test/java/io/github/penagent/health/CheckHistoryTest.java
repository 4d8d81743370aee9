package io.github.penagent.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.penagent.fleet.Checks.Standing;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class CheckHistoryTest {
    private static final Pace PACE =
            new Pace(Duration.ofSeconds(5), Duration.ofMillis(200), Duration.ofSeconds(2), 3, 2);

    private CheckHistory history = CheckHistory.NONE;
    private long nowMillis;

    @Test
    void one_good_answer_is_enough_for_a_backend_of_which_nothing_is_known() {
        assertThat(history.standing()).isEqualTo(Standing.UNKNOWN);

        good();

        assertThat(history.standing()).isEqualTo(Standing.UP);
    }

    @Test
    void refused_connects_need_no_five_seconds() {
        good();
        bad(Cause.REFUSED);
        bad(Cause.REFUSED);
        assertThat(history.standing()).isEqualTo(Standing.UP);
        assertThat(history.inTransition()).isTrue();

        bad(Cause.REFUSED);

        assertThat(history.standing()).isEqualTo(Standing.DOWN);
    }

    @Test
    void other_failures_have_to_last_for_five_seconds() {
        good();
        for (int i = 0; i < 10; i++) {
            bad(Cause.SILENT);
        }
        assertThat(history.standing()).isEqualTo(Standing.UP);
        assertThat(history.fallen(PACE)).isTrue();

        nowMillis += 4_000;
        bad(Cause.SILENT);

        assertThat(history.standing()).isEqualTo(Standing.DOWN);
    }

    @Test
    void one_other_failure_among_the_refusals_brings_the_five_seconds_back() {
        good();
        bad(Cause.REFUSED);
        bad(Cause.CLOSED);
        bad(Cause.REFUSED);
        bad(Cause.REFUSED);

        assertThat(history.standing()).isEqualTo(Standing.UP);
    }

    @Test
    void a_good_answer_begins_the_count_anew() {
        good();
        bad(Cause.REFUSED);
        bad(Cause.REFUSED);
        good();
        bad(Cause.REFUSED);
        bad(Cause.REFUSED);

        assertThat(history.standing()).isEqualTo(Standing.UP);
        assertThat(history.bads()).isEqualTo(2);
    }

    @Test
    void what_is_unknown_neither_counts_nor_interrupts() {
        good();
        bad(Cause.REFUSED);
        bad(Cause.REFUSED);
        unknown();
        assertThat(history.standing()).isEqualTo(Standing.UP);

        bad(Cause.REFUSED);

        assertThat(history.standing()).isEqualTo(Standing.DOWN);
    }

    @Test
    void a_failing_backend_must_rise_before_it_is_healthy() {
        refuseUntilFailing();

        good();
        assertThat(history.standing()).isEqualTo(Standing.DOWN);
        assertThat(history.inTransition()).isTrue();
        good();

        assertThat(history.standing()).isEqualTo(Standing.UP);
        assertThat(history.inTransition()).isFalse();
    }

    @Test
    void a_failure_on_the_way_up_means_to_begin_again() {
        refuseUntilFailing();
        good();
        bad(Cause.WRONG);
        good();

        assertThat(history.standing()).isEqualTo(Standing.DOWN);
    }

    @Test
    void a_verdict_ages_and_what_is_unknown_does_not_refresh_it() {
        good();
        long valid = Duration.ofSeconds(12).toNanos();
        long ended = history.last().orElseThrow().endedNanos();
        unknown();

        assertThat(history.standingAt(ended + valid, PACE)).isEqualTo(Standing.UP);
        assertThat(history.standingAt(ended + valid + 1, PACE)).isEqualTo(Standing.UNKNOWN);
    }

    @Test
    void failures_can_be_taken_back_and_successes_stay() {
        good();
        assertThat(history.withoutFailures()).isSameAs(history);
        refuseUntilFailing();

        CheckHistory without = history.withoutFailures();

        assertThat(without.standing()).isEqualTo(Standing.UNKNOWN);
        assertThat(without.bads()).isZero();
        assertThat(without.lastGoodNanos()).isEqualTo(history.lastGoodNanos());
    }

    private void refuseUntilFailing() {
        bad(Cause.REFUSED);
        bad(Cause.REFUSED);
        bad(Cause.REFUSED);
        assertThat(history.standing()).isEqualTo(Standing.DOWN);
    }

    private void good() {
        add(new Result.Good(nanos(), nanos() + 1_000_000, "fine"));
    }

    private void bad(Cause cause) {
        add(new Result.Bad(nanos(), nanos() + 1_000_000, cause, "not fine"));
    }

    private void unknown() {
        add(new Result.Unknown(nanos(), nanos() + 1_000_000, "no idea"));
    }

    private void add(Result result) {
        history = history.next(result, PACE);
        nowMillis += 200;
    }

    private long nanos() {
        return Duration.ofMillis(nowMillis).toNanos();
    }
}
