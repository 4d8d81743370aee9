package io.github.penagent.health;

import io.github.penagent.fleet.Checks.Standing;
import java.time.Duration;
import java.util.Optional;

/**
 * What one check has said of one backend so far, as arithmetic: {@code fall} failures in a row make it failing, {@code rise}
 * successes make it healthy again, and what says nothing of the backend moves it neither way. Immutable.
 *
 * @param standing the verdict by {@code fall} and {@code rise} alone; see {@link #standingAt} for one that ages
 * @param goods successes in a row, up to now
 * @param bads failures in a row, up to now; what is unknown neither counts nor interrupts
 * @param firstBadNanos when the first of these failures, or else of the last ones there were, began
 * @param allRefused whether all of these were refused connects
 * @param lastGoodNanos when the last success of all began; {@link Long#MIN_VALUE} if there was none
 * @param last the last result that says something
 */
public record CheckHistory(
        Standing standing,
        int goods,
        int bads,
        long firstBadNanos,
        boolean allRefused,
        long lastGoodNanos,
        Optional<Result> last) {

    /** Before the first result. */
    public static final CheckHistory NONE =
            new CheckHistory(Standing.UNKNOWN, 0, 0, 0, false, Long.MIN_VALUE, Optional.empty());

    /**
     * For how long failures other than refused connects have to last. A slow moment is not an outage; a refused connect is
     * one, and a pen of 0.34 that has such a backend hangs within seconds.
     */
    static final Duration MIN_SPREAD = Duration.ofSeconds(5);

    /** The history with one more result. */
    public CheckHistory next(Result result, Pace pace) {
        if (result instanceof Result.Good good) {
            int row = goods + 1;
            boolean up = standing != Standing.DOWN || row >= pace.rise();
            return new CheckHistory(
                    up ? Standing.UP : standing,
                    row,
                    0,
                    firstBadNanos,
                    false,
                    good.startedNanos(),
                    Optional.of(result));
        }
        if (result instanceof Result.Bad bad) {
            int row = bads + 1;
            long since = bads == 0 ? bad.startedNanos() : firstBadNanos;
            boolean refused = bad.cause() == Cause.REFUSED && (bads == 0 || allRefused);
            boolean down = row >= pace.fall() && (refused || bad.endedNanos() - since >= MIN_SPREAD.toNanos());
            Standing now = down ? Standing.DOWN : standing;
            return new CheckHistory(now, 0, row, since, refused, lastGoodNanos, Optional.of(result));
        }
        return this;
    }

    /** The verdict now: a last result older than {@link Pace#validForNanos()} says nothing any more. */
    public Standing standingAt(long nanos, Pace pace) {
        return fresh(nanos, pace) ? standing : Standing.UNKNOWN;
    }

    /** Whether the last result still says something. */
    public boolean fresh(long nanos, Pace pace) {
        return last.isPresent() && nanos - last.get().endedNanos() <= pace.validForNanos();
    }

    /** Whether there were enough failures in a row, however close together: enough if something else agrees. */
    public boolean fallen(Pace pace) {
        return bads >= pace.fall();
    }

    /** Whether the next results may change the verdict, so that they are worth asking for sooner. */
    public boolean inTransition() {
        return standing == Standing.UNKNOWN || (standing == Standing.UP ? bads > 0 : goods > 0);
    }

    /** Without the failures so far, which may have been ours: we slept while they came about. */
    public CheckHistory withoutFailures() {
        return bads == 0 && standing != Standing.DOWN
                ? this
                : new CheckHistory(Standing.UNKNOWN, 0, 0, 0, false, lastGoodNanos, Optional.empty());
    }
}
