package io.github.penagent.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.penagent.fleet.Clients;
import io.github.penagent.fleet.FailureReason;
import io.github.penagent.fleet.Observation;
import io.github.penagent.fleet.PenState;
import io.github.penagent.fleet.Samples;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ForwardingTest {
    private static final boolean CALM = false;
    private static final boolean TROUBLED = true;
    private static final Optional<Boolean> YES = Optional.of(true);
    private static final Optional<Boolean> NO = Optional.of(false);
    private static final Optional<Boolean> UNSAID = Optional.empty();

    private PenState pen = PenState.unknown("web");
    private Forwarding forwarding = Forwarding.NONE;
    private long second;
    private long bytes = 100;

    @Test
    void one_reading_says_nothing_and_a_second_one_with_more_bytes_proves_it() {
        read(CALM);
        assertThat(forwarding.forwards()).isEqualTo(UNSAID);
        assertThat(asks(CALM)).as("before there is anything to compare").isFalse();

        move(CALM);
        assertThat(forwarding.forwards()).isEqualTo(YES);
        assertThat(asks(CALM)).isFalse();
    }

    @Test
    void a_client_that_connects_is_proof_enough() {
        read(CALM);
        pen = pen.next(new Observation.ClientsRead("web", new Clients(1, 1, List.of(), 0)));
        read(CALM);

        assertThat(forwarding.forwards()).isEqualTo(YES);
    }

    /** Clients are read every 30 s, bytes with every poll. */
    @Test
    void connections_that_are_heard_of_late_do_not_hide_that_a_busy_pen_hangs() {
        read(CALM);
        for (int i = 0; i < 20; i++) {
            move(TROUBLED);
        }
        read(TROUBLED);
        read(TROUBLED);
        pen = pen.next(new Observation.ClientsRead("web", new Clients(1, 199, List.of(), 0)));
        for (int i = 0; i < 60; i++) {
            read(TROUBLED);
        }

        assertThat(forwarding.forwards()).isEqualTo(NO);
    }

    @Test
    void a_request_is_worth_it_only_where_nothing_moves_and_no_backend_fails() {
        read(CALM);
        read(CALM);

        assertThat(asks(CALM)).isTrue();
        assertThat(asks(TROUBLED)).isFalse();
    }

    @Test
    void requests_keep_their_distance_even_if_pen_comes_and_goes() {
        read(CALM);
        read(CALM);
        long asked = second;
        forwarding = forwarding.asking(now());
        while (second < asked + 9) {
            fail();
            read(CALM);
            read(CALM);
            assertThat(asks(CALM)).as("%d s later", second - asked).isEqualTo(second >= asked + 10);
        }
        read(CALM);
        assertThat(asks(CALM)).isTrue();
    }

    @Test
    void any_answer_shows_that_it_forwards_and_holds_for_a_while() {
        for (boolean wrong : List.of(false, true)) {
            idle();
            ask(wrong ? bad(Cause.WRONG) : good());
            assertThat(forwarding.forwards()).isEqualTo(YES);
            pass(35);
            assertThat(forwarding.forwards()).as("still").isEqualTo(YES);
            pass(1);
            assertThat(forwarding.forwards()).as("not for ever").isEqualTo(UNSAID);
        }
    }

    @Test
    void one_silent_request_says_nothing_and_two_in_a_row_say_that_it_does_not() {
        for (Cause cause : List.of(Cause.SILENT, Cause.CLOSED)) {
            idle();
            ask(bad(cause));
            assertThat(forwarding.forwards()).isEqualTo(UNSAID);
            ask(good());
            ask(bad(cause));
            assertThat(forwarding.forwards()).as("not in a row").isEqualTo(YES);
            ask(unknown());
            assertThat(forwarding.forwards()).isEqualTo(YES);
            ask(bad(cause));
            assertThat(forwarding.forwards()).isEqualTo(NO);
        }
    }

    @Test
    void a_refused_request_says_at_once_that_it_does_not_and_a_moving_byte_that_it_does() {
        idle();
        ask(bad(Cause.REFUSED));
        assertThat(forwarding.forwards()).isEqualTo(NO);
        pass(100);
        assertThat(forwarding.forwards()).as("nothing has shown otherwise").isEqualTo(NO);

        move(CALM);
        assertThat(forwarding.forwards()).isEqualTo(YES);
    }

    @Test
    void a_silent_request_before_traffic_does_not_count_after_it() {
        idle();
        ask(bad(Cause.SILENT));
        move(CALM);
        read(CALM);
        ask(bad(Cause.SILENT));

        assertThat(forwarding.forwards()).isEqualTo(YES);
    }

    @Test
    void requests_that_could_not_be_made_keep_no_verdict_alive() {
        idle();
        ask(good());
        for (int i = 0; i < 6; i++) {
            ask(unknown());
            pass(10);
        }

        assertThat(forwarding.forwards()).isEqualTo(UNSAID);
    }

    @Test
    void a_pen_that_cannot_be_read_has_no_verdict_not_even_by_an_answer_that_comes_late() {
        idle();
        move(CALM);
        forwarding = forwarding.asking(now());
        fail();
        assertThat(forwarding.forwards()).isEqualTo(UNSAID);

        forwarding = forwarding.answered(good());
        assertThat(forwarding.forwards()).isEqualTo(UNSAID);
    }

    @Test
    void a_pen_that_starts_anew_begins_anew() {
        idle();
        move(CALM);
        bytes = 3;
        read(CALM);

        assertThat(forwarding.forwards()).isEqualTo(UNSAID);
    }

    @Test
    void a_busy_pen_that_falls_silent_while_a_backend_fails_does_not_forward() {
        busy(6);
        for (int i = 1; i < 10; i++) {
            read(TROUBLED);
            assertThat(forwarding.forwards()).as("after %d s", i).isEqualTo(YES);
        }
        read(TROUBLED);
        assertThat(forwarding.forwards()).isEqualTo(NO);
        pass(60);
        assertThat(forwarding.forwards()).as("until something moves").isEqualTo(NO);
        move(TROUBLED);
        assertThat(forwarding.forwards()).isEqualTo(YES);
    }

    @Test
    void the_failure_may_be_noticed_a_little_later_than_the_silence() {
        busy(6);
        pass(30);
        read(TROUBLED);

        assertThat(forwarding.forwards()).isEqualTo(NO);
    }

    @Test
    void a_pen_whose_clients_went_home_long_before_is_not_taken_to_hang() {
        busy(6);
        pass(3_600);
        for (int i = 0; i < 60; i++) {
            read(TROUBLED);
        }

        assertThat(forwarding.forwards()).isEqualTo(UNSAID);
    }

    @Test
    void a_pen_that_was_not_busy_may_be_silent_while_a_backend_fails() {
        busy(4);
        for (int i = 0; i < 30; i++) {
            read(TROUBLED);
            assertThat(forwarding.forwards()).isNotEqualTo(NO);
        }
    }

    @Test
    void the_same_reading_told_twice_is_not_another_silent_one() {
        busy(6);
        read(TROUBLED);
        Forwarding once = forwarding;
        forwarding = forwarding.next(pen, TROUBLED);

        assertThat(forwarding).isEqualTo(once);
    }

    private void idle() {
        forwarding = Forwarding.NONE;
        read(CALM);
        read(CALM);
    }

    private void busy(int readings) {
        read(CALM);
        for (int i = 0; i < readings; i++) {
            move(CALM);
        }
    }

    private void move(boolean troubled) {
        bytes += 10;
        read(troubled);
    }

    private void read(boolean troubled) {
        pen = pen.next(Samples.polled("web", ++second, 7, Samples.slots("10.0.0.1:80", bytes, bytes)));
        forwarding = forwarding.next(pen, troubled);
    }

    private void pass(int seconds) {
        for (int i = 0; i < seconds; i++) {
            read(CALM);
        }
    }

    private void fail() {
        second++;
        pen = pen.next(Samples.failed("web", FailureReason.TIMEOUT));
        forwarding = forwarding.next(pen, CALM);
    }

    private boolean asks(boolean troubled) {
        return forwarding.worthAsking(troubled, now());
    }

    private void ask(Result result) {
        forwarding = forwarding.asking(now()).answered(result);
    }

    private long now() {
        return second * Samples.SECOND;
    }

    private Result good() {
        return new Result.Good(now(), now(), "200");
    }

    private Result bad(Cause cause) {
        return new Result.Bad(now(), now(), cause, "bad");
    }

    private Result unknown() {
        return new Result.Unknown(now(), now(), "no file descriptor");
    }
}
