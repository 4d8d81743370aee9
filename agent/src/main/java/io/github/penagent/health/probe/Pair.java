package io.github.penagent.health.probe;

import io.github.penagent.health.Check;
import io.github.penagent.health.CheckHistory;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.publisher.Sinks;

/** One check of one backend of one pen. Confined to the prober's thread, except for {@link #view}. */
final class Pair {
    private static final double JITTER = 0.1;
    private static final long FIRST_WITHIN_NANOS = Duration.ofSeconds(1).toNanos();

    final String pen;
    final String address;
    final Check check;

    /** Ends the exchange that is in flight when nobody wants its result any more. */
    final Sinks.Empty<Void> dropped = Sinks.empty();

    State state = State.RESTING;
    boolean begun;
    long begunNanos;
    long queuedNanos;

    @Nullable
    Disposable timer;

    private volatile Tally tally = Tally.NONE;

    /** Where it is on its way from one exchange to the next. */
    enum State {
        RESTING,
        QUEUED,
        IN_FLIGHT,
        DROPPED
    }

    Pair(String pen, String address, Check check) {
        this.pen = pen;
        this.address = address;
        this.check = check;
    }

    Tally tally() {
        return tally;
    }

    void tally(Tally next) {
        tally = next;
    }

    /** Until the first exchange: anywhere in what leaves time to be done within a second, or an interval. */
    long firstPauseNanos(RandomGenerator random) {
        long within = Math.min(FIRST_WITHIN_NANOS, check.pace().interval().toNanos());
        return (long) (within * (1 - JITTER) * random.nextDouble());
    }

    /** Between the beginnings of two exchanges, from now on. */
    long pauseNanos(long now, RandomGenerator random) {
        Duration pause =
                hurried(now) ? check.pace().fastInterval() : check.pace().interval();
        return (long) (pause.toNanos() * (1 - JITTER + 2 * JITTER * random.nextDouble()));
    }

    /** What we cannot find out at all is not found out sooner by trying faster. */
    private boolean hurried(long now) {
        CheckHistory history = tally.history();
        return history.fresh(now, check.pace()) && history.inTransition();
    }

    void stopTimer() {
        Disposable pending = timer;
        if (pending != null) {
            pending.dispose();
            timer = null;
        }
    }

    CheckView view(long now) {
        Tally t = tally;
        return new CheckView(
                pen,
                address,
                check.name(),
                t.history().standingAt(now, check.pace()),
                t.history(),
                t.checks(),
                t.failures(),
                t.unknowns(),
                t.skips(),
                t.lastDurationSeconds(),
                t.lastMessage());
    }
}
