package io.github.penagent.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RoundsTest {
    private static Rounds.Way telling(String figure, Double... values) {
        Iterator<Double> next = List.of(values).iterator();
        return () -> Figures.of(figure, next.next());
    }

    @Test
    void ways_are_run_in_turn() throws Exception {
        List<String> order = new ArrayList<>();
        Map<String, Rounds.Way> ways = new LinkedHashMap<>();
        for (String name : List.of("a", "b", "c")) {
            ways.put(name, () -> {
                order.add(name);
                return Figures.of("us", 1);
            });
        }

        Rounds.of(2, ways);

        assertThat(order).containsExactly("a", "b", "c", "a", "b", "c");
    }

    @Test
    void ratios_are_taken_within_a_round_and_not_between_medians() throws Exception {
        Map<String, Rounds.Way> ways = new LinkedHashMap<>();
        ways.put("ours", telling("us", 2.0, 30.0, 4.0));
        ways.put("theirs", telling("us", 1.0, 10.0, 4.0));

        assertThat(Rounds.of(3, ways).ratio("us", "ours", "theirs")).isEqualTo(new Spread(2, 1, 3));
    }

    @Test
    void a_way_that_does_less_is_found_out() throws Exception {
        Map<String, Rounds.Way> ways = new LinkedHashMap<>();
        ways.put("ours", telling("lines", 10.0, 9.0));
        ways.put("theirs", telling("lines", 10.0, 10.0));
        Rounds rounds = Rounds.of(2, ways);

        assertThatThrownBy(() -> rounds.agreeOn("lines"))
                .hasMessageContaining("ours")
                .hasMessageContaining("9");
    }

    @Test
    void a_spread_past_thirty_percent_on_either_side_is_called_noisy() {
        assertThat(Spread.of(1, 1.3, 0.7).noisy()).isFalse();
        assertThat(Spread.of(1, 1.31, 1).noisy()).isTrue();
        assertThat(Spread.of(1, 0.69, 1)).hasToString("1.00 (0.69 to 1.00) noisy");
    }

    @Test
    void figures_are_found_among_other_words() {
        Figures figures = Figures.read("floor: polls=8000 cpu_us=65.5 mode=fast\nlines=10");

        assertThat(figures.get("cpu_us")).isEqualTo(65.5);
        assertThat(figures.get("lines")).isEqualTo(10);
        assertThatThrownBy(() -> figures.get("mode")).hasMessageContaining("mode");
    }
}
