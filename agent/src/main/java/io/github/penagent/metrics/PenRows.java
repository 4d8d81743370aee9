package io.github.penagent.metrics;

import io.github.penagent.fleet.PenState;

/**
 * One pen's lines of every family, rendered from one state: a piece per family, ready to be joined with those of other pens. Not
 * thread-safe.
 */
final class PenRows {
    private static final Family[] FAMILIES = Family.values();

    private final LineWriter lines;
    private final int[] start = new int[FAMILIES.length + 1];
    private int readers;

    /** @param likely how many bytes the lines will take, about */
    PenRows(int likely) {
        lines = new LineWriter(likely);
    }

    void render(PenState state, PenLabels labels) {
        lines.clear();
        for (int f = 0; f < FAMILIES.length; f++) {
            FAMILIES[f].render(state, labels, lines);
            start[f + 1] = lines.length();
        }
    }

    /** Not to be rendered again until it is given back. */
    PenRows lent() {
        readers++;
        return this;
    }

    void back() {
        readers--;
    }

    boolean isRead() {
        return readers > 0;
    }

    /** How many bytes the lines of the family at this place of the page take. */
    int length(int family) {
        return start[family + 1] - start[family];
    }

    /** The same of all families. */
    int length() {
        return lines.length();
    }

    /** How many there is room for. */
    int capacity() {
        return lines.array().length;
    }

    void copyTo(Sink out, int family) {
        out.add(lines.array(), start[family], start[family + 1]);
    }
}
