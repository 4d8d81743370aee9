package io.github.penagent.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class LineWriterTest {
    @Test
    void numbers_at_the_edges_are_written_in_full() {
        assertThat(written(w -> w.number(0))).isEqualTo("0");
        assertThat(written(w -> w.number(-1))).isEqualTo("-1");
        assertThat(written(w -> w.number(Long.MAX_VALUE))).isEqualTo("9223372036854775807");
        assertThat(written(w -> w.number(Long.MIN_VALUE))).isEqualTo("-9223372036854775808");
        assertThat(written(w -> w.unsigned(-1))).isEqualTo("18446744073709551615");
        assertThat(written(w -> w.unsigned(Long.MIN_VALUE))).isEqualTo("9223372036854775808");
    }

    @Test
    void decimals_are_rounded_and_closing_zeros_left_out() {
        assertThat(written(w -> w.decimal(0, 3))).isEqualTo("0");
        assertThat(written(w -> w.decimal(1.5, 3))).isEqualTo("1.5");
        assertThat(written(w -> w.decimal(1.0625, 3))).isEqualTo("1.063");
        assertThat(written(w -> w.decimal(0.000000001, 9))).isEqualTo("0.000000001");
        assertThat(written(w -> w.decimal(-2.25, 2))).isEqualTo("-2.25");
        assertThat(written(w -> w.decimal(1_700_000_000.25, 3))).isEqualTo("1700000000.25");
    }

    @Test
    void values_that_have_no_such_form_are_written_as_prometheus_reads_them() {
        assertThat(written(w -> w.decimal(Double.NaN, 3))).isEqualTo("NaN");
        assertThat(Double.parseDouble(written(w -> w.decimal(1.5e300, 3)))).isEqualTo(1.5e300);
    }

    @Test
    void any_number_reads_back_as_itself() {
        Random random = new Random(42);
        for (int i = 0; i < 20_000; i++) {
            long value = random.nextLong() >> random.nextInt(64);
            assertThat(Long.parseLong(written(w -> w.number(value)))).isEqualTo(value);
            assertThat(Long.parseUnsignedLong(written(w -> w.unsigned(value)))).isEqualTo(value);
            double rate = Math.abs(value % (1L << 50)) / 1024.0 / (1L << 20);
            assertThat(Double.parseDouble(written(w -> w.decimal(rate, 6))))
                    .isCloseTo(rate, org.assertj.core.data.Offset.offset(0.000_000_6));
        }
    }

    @Test
    void label_values_are_escaped() {
        assertThat(written(w -> w.label("address", "a\"b\\c\nd"))).isEqualTo("address=\"a\\\"b\\\\c\\nd\"");
        assertThat(written(w -> w.label("address", "/run/café.sock"))).isEqualTo("address=\"/run/café.sock\"");
    }

    private static String written(UnaryOperator<LineWriter> writing) {
        return new String(writing.apply(new LineWriter(1)).toBytes(), StandardCharsets.UTF_8);
    }
}
