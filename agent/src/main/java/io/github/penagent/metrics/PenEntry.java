package io.github.penagent.metrics;

import io.github.penagent.fleet.PenState;

/** One pen's place on the page: what is known of it, and the label parts of its rows. */
final class PenEntry {
    private final PenLabels labels;
    private volatile PenState state;

    PenEntry(String name) {
        labels = new PenLabels(name);
        state = PenState.unknown(name);
    }

    void change(PenState now) {
        state = now;
    }

    PenState state() {
        return state;
    }

    /** For who renders, of whom there is one at a time. */
    PenLabels labels() {
        return labels;
    }
}
