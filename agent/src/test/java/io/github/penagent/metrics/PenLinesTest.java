package io.github.penagent.metrics;

import static io.github.penagent.fleet.Samples.polled;
import static io.github.penagent.fleet.Samples.slots;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.penagent.fleet.PenState;
import org.junit.jupiter.api.Test;

class PenLinesTest {
    private final PenLines lines = new PenLines("web");

    @Test
    void rows_stay_as_they_are_for_as_long_as_they_are_read() {
        lines.change(sent(1));
        PenRows read = lines.lent();
        for (long bytes = 2; bytes < 9; bytes++) {
            lines.change(sent(bytes));
            read();
        }

        assertThat(text(read)).contains("sent_bytes_total{address=\"a:1\",pen=\"web\",server=\"0\"} 1\n");
        lines.back(read);
    }

    @Test
    void rows_that_nobody_reads_are_rendered_into_again() {
        lines.change(sent(1));
        PenRows first = read();
        lines.change(sent(2));

        assertThat(read()).isSameAs(first);
        assertThat(text(first)).contains("server=\"0\"} 2\n");
    }

    @Test
    void what_nobody_looks_at_is_not_rendered() {
        lines.change(sent(1));
        PenRows first = read();
        lines.change(sent(2));

        assertThat(text(first)).contains("server=\"0\"} 1\n");
        assertThat(text(read())).contains("server=\"0\"} 2\n");
    }

    private PenRows read() {
        PenRows rows = lines.lent();
        lines.back(rows);
        return rows;
    }

    private static PenState sent(long bytes) {
        return PenState.unknown("web").next(polled("web", 1, 7, slots("a:1", bytes, 5)));
    }

    private static String text(PenRows rows) {
        LineWriter out = new LineWriter(64);
        for (int family = 0; family < Family.values().length; family++) {
            rows.copyTo(out, family);
        }
        return out.toText();
    }
}
