package io.github.penagent.ctl;

import io.github.penagent.ctl.Snapshot.Row;
import java.util.Comparator;
import java.util.Locale;

/** By what {@code top} sorts, each under its key. */
enum TopOrder {
    SLOT('n'),
    ADDRESS('a'),
    CONNECTIONS('c'),
    SENT('s'),
    RECEIVED('r');

    private final char key;

    TopOrder(char key) {
        this.key = key;
    }

    /** Equal rows stay in the order of their slots. */
    Comparator<Row> comparator() {
        return switch (this) {
            case SLOT -> Comparator.comparingInt(row -> row.backend().slot());
            case ADDRESS -> Comparator.comparing(row -> row.backend().address());
            case CONNECTIONS -> Comparator.comparingInt(row -> -row.backend().connections());
            case SENT -> Comparator.comparingDouble(row -> -known(row.sentRate()));
            case RECEIVED -> Comparator.comparingDouble(row -> -known(row.receivedRate()));
        };
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The order under {@code key}, or {@code other}. */
    static TopOrder under(int key, TopOrder other) {
        for (TopOrder order : values()) {
            if (order.key == key) {
                return order;
            }
        }
        return other;
    }

    private static double known(double rate) {
        return Double.isNaN(rate) ? -1 : rate;
    }
}
