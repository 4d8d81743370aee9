package io.github.penagent.simulation;

import java.util.BitSet;

/** What came of one run. */
final class Score {
    private final BitSet failing = new BitSet();
    private int served;
    private int wrong;
    private int emptied;
    private int idle;

    /** A request that began at {@code nanos} was answered right, however late. */
    void served() {
        served++;
    }

    void failed(long nanos) {
        failing.set((int) (nanos / 1_000_000_000L));
    }

    /** A backend was taken out that was in. */
    void ejected(boolean wasFine) {
        wrong += wasFine ? 1 : 0;
    }

    /** After a command of ours no backend was left that pen would use. */
    void emptied() {
        emptied++;
    }

    /** For another second this backend was fine and pen did not use it. */
    void idled() {
        idle++;
    }

    int requestsServed() {
        return served;
    }

    /** Seconds in which a request began that failed. */
    int failingSeconds() {
        return failing.cardinality();
    }

    /** How often a backend was taken out that served clients well. */
    int wrongEjections() {
        return wrong;
    }

    /** How often a command left no backend in. */
    int timesEmptied() {
        return emptied;
    }

    /** How long backends that were fine were out, summed up. */
    int idleSeconds() {
        return idle;
    }
}
