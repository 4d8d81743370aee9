package io.github.penagent.stack;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PromQlTest {
    @Test
    void selectors_are_found_with_their_braces_and_once() {
        assertThat(PromQl.selectors("""
                sum by (pen, server) (rate(pen_a_total{pen=~"x}|\\"up",job="pen_b"}[5m])) / on (pen) pen_b
                  unless pen_b or label_replace(vector(0), "pen_c", "$1", "up", "") or server:pen_d:sum{a='}'} - up"""))
                .containsExactly(
                        "pen_a_total{pen=~\"x}|\\\"up\",job=\"pen_b\"}", "pen_b", "server:pen_d:sum{a='}'}", "up");
    }

    @Test
    void alternatives_are_those_outside_of_everything() {
        assertThat(PromQl.alternatives("max(a or b) or c{d=\"e or f\"} or (g or h) * for_i\nor\nj"))
                .containsExactly("max(a or b)", "c{d=\"e or f\"}", "(g or h) * for_i", "j");
    }
}
