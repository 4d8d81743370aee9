package io.github.penagent.metrics;

import io.github.penagent.fleet.PenState;

/**
 * One pen's place on the page. Its rows are rendered when somebody wants to read them, which is seldom as often as it is polled, and in
 * the same place again and again; only while somebody reads them they stay, and others take their place.
 */
final class PenLines {
    private static final int SMALL = 4 * 1024;

    private final PenLabels labels;
    private PenState state;
    private PenRows rows = new PenRows(SMALL);
    private boolean rendered;

    PenLines(String name) {
        labels = new PenLabels(name);
        state = PenState.unknown(name);
    }

    synchronized void change(PenState now) {
        state = now;
        rendered = false;
    }

    /** The rows of the present state, which stay as they are until they are given {@link #back}. */
    synchronized PenRows lent() {
        if (!rendered) {
            render();
        }
        return rows.lent();
    }

    private void render() {
        if (rows.isRead() || rows.capacity() > Math.max(SMALL, 2 * rows.length())) {
            rows = new PenRows(rows.length() + rows.length() / 8);
        }
        rows.render(state, labels);
        rendered = true;
    }

    synchronized void back(PenRows read) {
        read.back();
    }
}
