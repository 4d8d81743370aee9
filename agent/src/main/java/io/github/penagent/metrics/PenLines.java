package io.github.penagent.metrics;

import io.github.penagent.fleet.PenState;

/**
 * One pen's place on the page. Its rows are rendered in the same place again and again, since rows that are thrown away at each poll
 * cost more to collect than to render; only while somebody reads them they stay, and others take their place.
 */
final class PenLines {
    private static final int SMALL = 4 * 1024;

    private final PenLabels labels;
    private PenRows rows;

    PenLines(String name) {
        labels = new PenLabels(name);
        rows = new PenRows(SMALL);
        rows.render(PenState.unknown(name), labels);
    }

    synchronized void render(PenState state) {
        if (rows.isRead() || rows.capacity() > Math.max(SMALL, 2 * rows.length())) {
            rows = new PenRows(rows.length() + rows.length() / 8);
        }
        rows.render(state, labels);
    }

    /** The present rows, which stay as they are until they are given {@link #back}. */
    synchronized PenRows lent() {
        return rows.lent();
    }

    synchronized void back(PenRows read) {
        read.back();
    }
}
