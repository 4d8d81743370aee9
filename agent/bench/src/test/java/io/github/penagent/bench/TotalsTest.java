package io.github.penagent.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.penagent.fleet.Slots;
import org.junit.jupiter.api.Test;

class TotalsTest {
    private static final String REPLY = """
            0 addr 10.0.0.1 port 80 conn 3 max 100 hard 120 weight 5 prio 1 sx 1000 rx 18446744073709551
            1 addr 10.0.0.2 port 81 conn 0 max 0 hard 0 weight 0 prio 0 sx 0 rx 7
            """;

    @Test
    void all_numbers_count_and_addresses_do_not() {
        assertThat(Totals.of(REPLY)).isEqualTo(new Totals(2, 1309 + 18446744073709551L + 1 + 81 + 7));
    }

    @Test
    void a_reading_comes_to_the_same_as_the_reply_that_it_was_made_of() {
        Slots slots = Slots.builder(2)
                .traffic(0, "10.0.0.1:80", 1000, 18446744073709551L)
                .gauges(0, 3, 100, 120, 5, 1)
                .traffic(1, "10.0.0.2:81", 0, 7)
                .gauges(1, 0, 0, 0, 0, 0)
                .build();

        assertThat(Totals.of(slots)).isEqualTo(Totals.of(REPLY));
    }

    @Test
    void a_line_that_was_skipped_shows() {
        String shorter = REPLY.substring(0, REPLY.indexOf('\n') + 1);

        assertThat(Totals.of(shorter).lines()).isEqualTo(1);
        assertThat(Totals.of(shorter).sum()).isLessThan(Totals.of(REPLY).sum());
    }
}
