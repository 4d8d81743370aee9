package io.github.penagent.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SlopeTest {
    @Test
    void a_leak_in_noise_is_sure_growth() {
        Slope slope = Slope.of(minutes(10, 3));

        assertThat(slope.perMinute()).isCloseTo(10, within(0.1));
        assertThat(slope.surePerHour()).isCloseTo(60 * 10 / slope.mean(), within(0.01));
        assertThat(slope.surePerHour()).isPositive();
    }

    @Test
    void noise_alone_is_none() {
        assertThat(Slope.of(minutes(0, 300)).surePerHour()).isLessThanOrEqualTo(0);
    }

    @Test
    void two_points_tell_nothing() {
        assertThatThrownBy(() -> Slope.of(1, 2)).isInstanceOf(IllegalArgumentException.class);
    }

    private static double[] minutes(double growth, double noise) {
        return IntStream.range(0, 30)
                .mapToDouble(i -> 100_000 + growth * i + (i % 2 == 0 ? noise : -noise))
                .toArray();
    }
}
