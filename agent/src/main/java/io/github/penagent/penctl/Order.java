package io.github.penagent.penctl;

import java.util.EnumSet;
import java.util.Set;

/**
 * One command that changes a pen, right for its version by construction: made only by this package's typed calls, from
 * numbers in range and words without spaces or line ends.
 *
 * @param text the line without its end
 * @param dangers what the caller has to accept before it is sent
 * @param repeatable whether sending it twice does the same as sending it once, so that a lost answer may be asked for again
 */
record Order(String text, Set<Danger> dangers, boolean repeatable) {
    /** pen reads at most 4095 bytes; the rest would be lost. */
    private static final int MAX_BYTES = 1_000;

    Order {
        dangers = dangers.isEmpty() ? Set.of() : Set.copyOf(EnumSet.copyOf(dangers));
        if (text.isEmpty() || text.length() > MAX_BYTES) {
            throw new IllegalArgumentException("a command has 1 to " + MAX_BYTES + " characters");
        }
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < ' ' || text.charAt(i) > '~') {
                throw new IllegalArgumentException("a command is one line of printable ASCII characters");
            }
        }
    }

    /** A harmless order that may be repeated. */
    static Order of(String text) {
        return new Order(text, Set.of(), true);
    }

    Order with(Danger... more) {
        Set<Danger> all = EnumSet.noneOf(Danger.class);
        all.addAll(dangers);
        all.addAll(Set.of(more));
        return new Order(text, all, repeatable);
    }

    Order once() {
        return new Order(text, dangers, false);
    }
}
