package io.github.penagent.fleet;

import static io.github.penagent.fleet.Samples.polled;
import static io.github.penagent.fleet.Samples.slots;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** One agent counts, another goes on. */
class PastTest {
    private static final String A = "10.0.0.1:80";
    private static final String B = "10.0.0.2:80";
    private static final String C = "10.0.0.3:80";

    private final PenState first = PenState.unknown("web")
            .next(polled("web", 1, 7, slots(A, 1000, 2000, C, 5, 5)))
            .next(polled("web", 2, 7, slots(B, 1500, 2500, C, 6, 6)))
            .next(polled("web", 3, 7, slots(B, 1600, 2700, C, 7, 7)));

    @Test
    void a_slot_that_was_given_another_backend_shows_the_same_bytes_to_the_next_agent() {
        Reading next = after(first.toLeave(), polled("web", 100, 7, slots(B, 1650, 2800, C, 8, 9)));

        assertThat(next.series().sent(0)).isEqualTo(150);
        assertThat(next.series().received(0)).isEqualTo(300);
        assertThat(next.series().sent(1)).isEqualTo(8);
        assertThat(next.series().sentRate(0)).isNaN();
        assertThat(next.restarts()).isZero();
    }

    @Test
    void only_slots_with_a_history_are_left() {
        assertThat(first.toLeave().bases()).containsExactly(new Past.Base(0, B, 1500, 2500));
    }

    @Test
    void a_backend_that_came_in_between_starts_at_zero() {
        Reading next = after(first.toLeave(), polled("web", 100, 7, slots(A, 9000, 9000, C, 8, 9)));

        assertThat(next.series().sent(0)).isZero();
        assertThat(next.series().received(0)).isZero();
    }

    @Test
    void a_pen_that_started_anew_in_between_has_no_history() {
        Reading other = after(first.toLeave(), polled("web", 100, 8, slots(B, 5000, 5000, C, 8, 9)));
        assertThat(other.series().sent(0)).isEqualTo(5000);
        assertThat(other.restarts()).isOne();

        Reading sameNumber = after(first.toLeave(), polled("web", 100, 7, slots(B, 10, 10, C, 8, 9)));
        assertThat(sameNumber.series().sent(0)).isEqualTo(10);
        assertThat(sameNumber.restarts()).isOne();

        Reading fewer = after(
                new Past(OptionalInt.of(7), 4, 0, -1, List.of(new Past.Base(1, B, 1, 1))),
                polled("web", 100, 7, slots(A, 10, 10)));
        assertThat(fewer.restarts()).isEqualTo(5);
    }

    @Test
    void what_was_left_stays_the_same_until_pen_is_read() {
        Past left = first.toLeave();
        PenState waiting = PenState.unknown("web").anew(left);

        assertThat(waiting.toLeave()).isEqualTo(left);
        assertThat(waiting.next(Samples.failed("web", FailureReason.TIMEOUT)).toLeave())
                .isEqualTo(left);
    }

    @Test
    void connections_that_nobody_lived_to_count_are_counted_by_the_next() {
        ClientLedger ledger = new ClientLedger(1_000, 0);
        ledger.goOn(new Past(OptionalInt.of(7), 0, 100, 40, List.of()));
        ledger.seen("a", "192.0.2.1", 30, 0, 0, 1);
        ledger.seen("b", "192.0.2.2", 25, 0, 0, 1);
        ledger.closeBaseline(Set.of("a", "b"), 1);

        Clients clients = ledger.read(2, 10);
        assertThat(clients.accepted()).isEqualTo(115);
        assertThat(clients.connects()).isEqualTo(55);
    }

    @Test
    void clients_that_pen_forgot_meanwhile_take_nothing_away() {
        ClientLedger ledger = new ClientLedger(1_000, 0);
        ledger.goOn(new Past(OptionalInt.of(7), 0, 100, 40, List.of()));
        ledger.seen("a", "192.0.2.1", 3, 0, 0, 1);
        ledger.closeBaseline(Set.of("a"), 1);

        assertThat(ledger.read(2, 10).accepted()).isEqualTo(100);
    }

    @Test
    void a_pen_that_started_anew_counts_on_with_all_that_it_remembers() {
        ClientLedger ledger = new ClientLedger(1_000, 0);
        ledger.goOn(new Past(OptionalInt.of(7), 0, 100, 40, List.of()));
        ledger.penRestarted();
        ledger.seen("a", "192.0.2.1", 3, 0, 0, 1);

        assertThat(ledger.read(2, 10).accepted()).isEqualTo(103);
    }

    private static Reading after(Past past, Observation.Polled polled) {
        return PenState.unknown("web").anew(past).next(polled).reading().orElseThrow();
    }
}
