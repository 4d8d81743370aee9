package io.github.penagent.health.probe;

import io.github.penagent.health.CheckHistory;
import io.github.penagent.health.Pace;
import io.github.penagent.health.Result;

/** What is kept of the results of one check of one backend. Immutable; the numbers are those of {@link CheckView}. */
record Tally(
        CheckHistory history,
        long checks,
        long failures,
        long unknowns,
        long skips,
        double lastDurationSeconds,
        String lastMessage) {
    static final Tally NONE = new Tally(CheckHistory.NONE, 0, 0, 0, 0, Double.NaN, "");

    Tally with(Result result, Pace pace) {
        CheckHistory next = history.next(result, pace);
        if (result instanceof Result.Unknown) {
            return new Tally(next, checks, failures, unknowns + 1, skips, lastDurationSeconds, result.message());
        }
        long bad = result instanceof Result.Bad ? 1 : 0;
        double seconds = (result.endedNanos() - result.startedNanos()) / 1e9;
        return new Tally(next, checks + 1, failures + bad, unknowns, skips, seconds, result.message());
    }

    Tally withSkips(long missed) {
        return new Tally(history, checks, failures, unknowns, skips + missed, lastDurationSeconds, lastMessage);
    }
}
