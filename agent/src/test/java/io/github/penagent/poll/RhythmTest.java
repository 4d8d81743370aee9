package io.github.penagent.poll;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RhythmTest {
    private static final long MS = 1_000_000;

    @Test
    void due_times_lie_a_tenth_around_the_interval_and_keep_it_on_average() {
        Rhythm rhythm = new Rhythm(1000 * MS, new Random(1), 0);
        rhythm.begin(0);
        long now = 0;
        for (int i = 0; i < 1000; i++) {
            rhythm.advance(now);
            long wait = rhythm.untilDue(now);
            assertThat(wait).isBetween(900 * MS, 1100 * MS);
            now += wait;
        }
        assertThat(now).isBetween(990_000 * MS, 1_010_000 * MS);
    }

    @Test
    void a_long_pause_is_not_made_up_for() {
        Rhythm rhythm = new Rhythm(1000 * MS, new Random(1), 0);
        rhythm.begin(0);
        long now = 60_000 * MS;
        rhythm.advance(now);

        assertThat(rhythm.untilDue(now)).isZero();
        rhythm.advance(now);
        assertThat(rhythm.untilDue(now)).isPositive();
    }

    @Test
    void first_polls_are_spread_and_begin_gently() {
        long[] due = IntStream.range(0, 1000)
                .mapToLong(place -> Rhythm.ramp(place, 1000, 5_000 * MS))
                .toArray();

        assertThat(due).isSorted();
        assertThat(due[0]).isZero();
        assertThat(due[999]).isLessThan(5_000 * MS);
        assertThat(due[1] - due[0]).isGreaterThan(10 * (due[999] - due[998]));
    }

    @Test
    void a_single_pen_is_polled_at_once() {
        assertThat(Rhythm.ramp(0, 1, 5_000 * MS)).isZero();
    }
}
