package io.github.penagent.metrics;

import io.github.penagent.fleet.PenState;

/**
 * One pen's lines of every family, rendered from one state: a piece per family, ready to be joined with those of other
 * pens. Immutable.
 */
final class PenRows {
    private static final Family[] FAMILIES = Family.values();

    private final byte[] bytes;
    private final int[] start;

    private PenRows(byte[] bytes, int[] start) {
        this.bytes = bytes;
        this.start = start;
    }

    static PenRows of(PenState state, PenLabels labels, LineWriter scratch) {
        scratch.clear();
        int[] start = new int[FAMILIES.length + 1];
        for (int f = 0; f < FAMILIES.length; f++) {
            FAMILIES[f].render(state, labels, scratch);
            start[f + 1] = scratch.length();
        }
        return new PenRows(scratch.toBytes(), start);
    }

    /** How many bytes the lines of the family at this place of the page take. */
    int length(int family) {
        return start[family + 1] - start[family];
    }

    void copyTo(LineWriter out, int family) {
        out.raw(bytes, start[family], start[family + 1]);
    }
}
