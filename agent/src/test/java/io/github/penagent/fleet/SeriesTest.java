package io.github.penagent.fleet;

import static io.github.penagent.fleet.Samples.polled;
import static io.github.penagent.fleet.Samples.slots;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SeriesTest {
    private static final String A = "10.0.0.1:80";
    private static final String B = "10.0.0.2:80";

    @Test
    void the_first_reading_has_counts_and_no_rates() {
        Reading first = after(polled("web", 1, 7, slots(A, 100, 200)));

        assertThat(first.series().sent(0)).isEqualTo(100);
        assertThat(first.series().received(0)).isEqualTo(200);
        assertThat(first.series().sentRate(0)).isNaN();
        assertThat(first.series().receivedRate(0)).isNaN();
    }

    @Test
    void rates_are_growth_over_measured_time() {
        Reading second = after(
                polled("web", 1, 7, slots(A, 100, 200)), polled("web", 5, OptionalInt.empty(), slots(A, 500, 1000)));

        assertThat(second.series().sentRate(0)).isEqualTo(100.0);
        assertThat(second.series().receivedRate(0)).isEqualTo(200.0);
    }

    @Test
    void a_failed_poll_in_between_stretches_the_time_and_loses_nothing() {
        Reading second = after(
                polled("web", 1, 7, slots(A, 100, 0)),
                Samples.failed("web", FailureReason.TIMEOUT),
                polled("web", 11, 7, slots(A, 1100, 0)));

        assertThat(second.series().sent(0)).isEqualTo(1100);
        assertThat(second.series().sentRate(0)).isEqualTo(100.0);
    }

    @Test
    void a_slot_with_another_address_starts_at_zero_although_pen_keeps_its_bytes() {
        PenState before = PenState.unknown("web")
                .next(polled("web", 1, 7, slots(A, 1000, 2000)))
                .next(polled("web", 2, 7, slots(B, 1500, 2500)));

        assertThat(before.last().orElseThrow().series().sent(0)).isZero();
        assertThat(before.last().orElseThrow().series().sentRate(0)).isNaN();

        Reading next =
                before.next(polled("web", 3, 7, slots(B, 1600, 2700))).last().orElseThrow();
        assertThat(next.series().sent(0)).isEqualTo(100);
        assertThat(next.series().received(0)).isEqualTo(200);
        assertThat(next.series().sentRate(0)).isEqualTo(100.0);
        assertThat(next.restarts()).isZero();
    }

    @Test
    void a_slot_that_was_unused_starts_at_zero() {
        Reading next = after(
                polled("web", 1, 7, slots(A, 10, 10, Slots.UNUSED, 44, 6122)),
                polled("web", 2, 7, slots(A, 10, 10, B, 50, 6200)));

        assertThat(next.series().sent(1)).isZero();
        assertThat(next.slots().used()).isEqualTo(2);
    }

    @Test
    void a_slot_that_was_created_counts_in_full_and_has_no_rate_yet() {
        Reading next = after(polled("web", 1, 7, slots(A, 10, 10)), polled("web", 2, 7, slots(A, 20, 10, B, 50, 60)));

        assertThat(next.series().sent(1)).isEqualTo(50);
        assertThat(next.series().sentRate(1)).isNaN();
        assertThat(next.series().sentRate(0)).isEqualTo(10.0);
        assertThat(next.restarts()).isZero();
    }

    @Test
    void a_new_process_id_is_a_restart_even_if_counts_have_grown() {
        Reading next = after(polled("web", 1, 7, slots(A, 10, 10)), polled("web", 2, 8, slots(A, 500, 500)));

        assertThat(next.restarts()).isOne();
        assertThat(next.series().sent(0)).isEqualTo(500);
        assertThat(next.series().sentRate(0)).isNaN();
    }

    @Test
    void a_count_that_goes_back_is_a_restart_even_with_the_same_process_id() {
        Reading next = after(polled("web", 1, 1, slots(A, 10, 10)), polled("web", 2, 1, slots(A, 10, 9)));

        assertThat(next.restarts()).isOne();
        assertThat(next.series().received(0)).isEqualTo(9);
        assertThat(next.series().receivedRate(0)).isNaN();
    }

    @Test
    void after_a_restart_bases_are_forgotten() {
        Reading next = after(
                polled("web", 1, 7, slots(A, 1000, 1000)),
                polled("web", 2, 7, slots(B, 1000, 1000)),
                polled("web", 3, 8, slots(B, 30, 40)));

        assertThat(next.series().sent(0)).isEqualTo(30);
        assertThat(next.series().received(0)).isEqualTo(40);
    }

    @Test
    void a_count_that_runs_over_the_end_of_64_bits_is_not_a_restart() {
        Reading next = after(polled("web", 1, 7, slots(A, -16L, 0)), polled("web", 3, 7, slots(A, 84L, 0)));

        assertThat(next.restarts()).isZero();
        assertThat(next.series().sent(0)).isEqualTo(84);
        assertThat(next.series().sentRate(0)).isEqualTo(50.0);
    }

    @Test
    void without_the_process_id_a_count_that_falls_is_a_restart() {
        Reading next =
                after(polled("web", 1, 7, slots(A, -16L, 0)), polled("web", 3, OptionalInt.empty(), slots(A, 84L, 0)));

        assertThat(next.restarts()).isOne();
    }

    @Test
    void readings_of_one_instant_have_no_rate() {
        Reading next = after(polled("web", 1, 7, slots(A, 10, 10)), polled("web", 1, 7, slots(A, 20, 20)));

        assertThat(next.series().sentRate(0)).isNaN();
    }

    @Test
    void whatever_happens_to_a_pen_no_series_grows_by_more_than_was_transferred() {
        for (int seed = 0; seed < 300; seed++) {
            new History(new Random(seed), "seed " + seed).play();
        }
    }

    /** A pen that is restarted, re-addressed and sometimes not answered by, beside what was really transferred. */
    private static final class History {
        private final Random random;
        private final String name;
        private final int[] address = {1, 2, 3};
        private final long[] sent = {0, 0, 0};
        private final long[] transferredSinceRead = {0, 0, 0};
        private int process = 1;
        private PenState state = PenState.unknown("web");

        History(Random random, String name) {
            this.random = random;
            this.name = name;
        }

        void play() {
            for (int second = 1; second < 60; second++) {
                happen();
                if (random.nextInt(5) == 0) {
                    state = state.next(Samples.failed("web", FailureReason.RESET));
                } else {
                    read(second);
                }
            }
        }

        private void happen() {
            if (random.nextInt(15) == 0) {
                java.util.Arrays.fill(sent, 0);
                process += random.nextInt(2);
            }
            int moved = random.nextInt(20);
            if (moved < 3) {
                address[moved] = random.nextInt(5);
            }
            for (int i = 0; i < 3; i++) {
                int bytes = random.nextInt(1000);
                sent[i] += bytes;
                transferredSinceRead[i] += bytes;
            }
        }

        private void read(int second) {
            PenState before = state;
            state = state.next(polled("web", second, process, three(address, sent)));
            Reading now = state.last().orElseThrow();
            for (int i = 0; i < 3; i++) {
                long counted = now.series().sent(i);
                String place = name + " second " + second + " slot " + i;
                int slot = i;
                long base = before.last()
                        .filter(r -> r.restarts() == now.restarts())
                        .filter(r -> r.slots().address(slot).equals(now.slots().address(slot)))
                        .map(r -> r.series().sent(slot))
                        .orElse(0L);
                assertThat(counted).as(place).isBetween(base, base + transferredSinceRead[i]);
                if (!Double.isNaN(now.series().sentRate(i))) {
                    assertThat(now.series().sentRate(i)).as(place).isBetween(0.0, (double) transferredSinceRead[i]);
                }
                transferredSinceRead[i] = 0;
            }
        }
    }

    private static Slots three(int[] address, long[] sent) {
        return slots(
                "10.0.0." + address[0] + ":80",
                sent[0],
                0,
                "10.0.0." + address[1] + ":80",
                sent[1],
                0,
                "10.0.0." + address[2] + ":80",
                sent[2],
                0);
    }

    private static Reading after(Observation... observations) {
        PenState state = PenState.unknown("web");
        for (Observation observation : observations) {
            state = state.next(observation);
        }
        return state.last().orElseThrow();
    }
}
