package io.github.penagent.remediation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CasesTest {
    /** Some full blocks and one that is not. */
    private static final int PENS = 200;

    private final Random random = new Random(3);

    @Test
    void the_sums_are_those_of_all_pens_whatever_was_changed() {
        List<PenCase> all = new ArrayList<>(pens());
        Cases cases = Cases.of(all);
        for (int i = 0; i < 5_000; i++) {
            int place = random.nextInt(PENS);
            PenCase pen = any("pen" + place);
            all.set(place, pen);
            cases = cases.with(place, pen);
        }

        assertThat(cases).containsExactlyElementsOf(all);
        assertThat(cases.sums()).isEqualTo(Cases.of(all).sums());
    }

    @Test
    void those_that_are_others_are_found_and_no_more() {
        Cases before = Cases.of(pens());
        PenCase first = any("pen0");
        PenCase last = any("pen" + (PENS - 1));

        Cases now = before.with(PENS - 1, last).with(0, first);

        assertThat(now.changedSince(before)).containsExactly(first, last);
        assertThat(before.changedSince(before)).isEmpty();
        assertThat(before.get(0)).isNotSameAs(first);
    }

    private List<PenCase> pens() {
        return IntStream.range(0, PENS).mapToObj(i -> any("pen" + i)).toList();
    }

    private PenCase any(String name) {
        PenCase pen = new PenCase(name);
        pen.tried = random.nextBoolean();
        pen.readable = random.nextBoolean();
        pen.sums = new PenCase.Sums(random.nextInt(9), random.nextInt(3), random.nextInt(3), random.nextInt(3));
        return pen;
    }
}
