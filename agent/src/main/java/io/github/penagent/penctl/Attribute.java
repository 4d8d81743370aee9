package io.github.penagent.penctl;

import java.util.Locale;

/** The numbers that a server has, with the ranges in which they mean what they say in every release. */
enum Attribute {
    MAX(-1, 1_000_000_000),
    HARD(0, 1_000_000_000),
    WEIGHT(0, 1_000_000),
    PRIO(-1_000_000, 1_000_000),
    /** Past 9 pen reads outside its lists; -1 matches nobody. {@code servers} does not show it. */
    ACL(-1, 9);

    private final int least;
    private final int most;

    Attribute(int least, int most) {
        this.least = least;
        this.most = most;
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException if {@code value} is out of range */
    int check(int value) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(word() + " takes " + least + " to " + most + ", not " + value);
        }
        return value;
    }
}
