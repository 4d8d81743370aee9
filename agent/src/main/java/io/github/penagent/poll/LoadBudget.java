package io.github.penagent.poll;

import io.github.penagent.penctl.Answer;

/**
 * Holds the share of one pen's loop that this agent's commands occupy. pen forwards nothing while it answers, so what a
 * command costs is not the round trip, most of which is waiting, but the work it makes pen do: so much per command and so
 * much per line, and at least the time pen took from the first byte of its reply to the last. Not thread-safe.
 */
final class LoadBudget {
    /** Measured on pen 0.34.1: accept, read, dispatch and close of a command with a short reply. */
    private static final long COMMAND_NANOS = 40_000;

    /** Measured on pen 0.34.1: 2.5 to 3 microseconds a line, as each line is one send. */
    private static final long LINE_NANOS = 3_000;

    /** Of so many replies the quickest counts: a pen on slow hardware shows in every one, our own pauses in some. */
    private static final int REPLIES = 5;

    private static final double SMOOTHING = 0.2;

    private final double[] nanosPerLine = new double[REPLIES];
    private int place;
    private double maxLoad;
    private double occupancy = Double.NaN;
    private long cycleStart;
    private long previousStart;
    private double cycleCost;
    private boolean first = true;

    LoadBudget(double maxLoad) {
        this.maxLoad = maxLoad;
    }

    /** From now on with another share. */
    void allow(double share) {
        maxLoad = share;
    }

    /** A poll begins. */
    void begin(long nanos) {
        previousStart = cycleStart;
        cycleStart = nanos;
        if (!first && cycleStart > previousStart) {
            double share = cycleCost / (cycleStart - previousStart);
            occupancy = Double.isNaN(occupancy) ? share : occupancy + SMOOTHING * (share - occupancy);
        }
        first = false;
        cycleCost = 0;
    }

    /** pen answered a command with {@code lines} lines. */
    void spent(Answer.Timing timing, int lines) {
        if (lines > 0) {
            nanosPerLine[place] = (double) timing.replyNanos() / lines;
            place = (place + 1) % REPLIES;
        }
        cycleCost += COMMAND_NANOS + lines * Math.max(LINE_NANOS, quickest());
    }

    /** Nothing until there are enough replies to tell. */
    private double quickest() {
        double least = nanosPerLine[0];
        for (double one : nanosPerLine) {
            least = Math.min(least, one);
        }
        return least;
    }

    /** The earliest time for the next poll, such that this one stays within the allowed share. */
    long nextAllowed() {
        return cycleStart + (long) (cycleCost / maxLoad);
    }

    /** The share spent lately, smoothed, 0 to 1; NaN until two polls have begun. */
    double occupancy() {
        return occupancy;
    }
}
