package io.github.penagent.health.probe;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The end of one exchange's time, and for how much of that time we were not there: it ticks a few times on the way, and
 * adds up how late it was each time. A process that was stopped, or a loop that was busy, must not blame the peer. Confined
 * to the loop.
 */
final class Deadline {
    private static final int TICKS = 8;

    /** Whatever a busy machine does to a thread every day. */
    private static final long TOLERATED_NANOS = Duration.ofMillis(200).toNanos();

    /** What arrived before the end is read before the end is declared. */
    private static final long LAST_LOOK_NANOS = Duration.ofMillis(1).toNanos();

    private final EventLoop loop;
    private final LongSupplier nanos;
    private final long startedNanos;
    private final long timeoutNanos;
    private final Runnable end;
    private @Nullable ScheduledFuture<?> tick;
    private long heldUpNanos;

    Deadline(EventLoop loop, LongSupplier nanos, long startedNanos, Duration timeout, Runnable end) {
        this.loop = loop;
        this.nanos = nanos;
        this.startedNanos = startedNanos;
        this.timeoutNanos = timeout.toNanos();
        this.end = end;
    }

    /** Called as soon as the loop gets to it; that alone may have taken long. */
    void begin() {
        long now = nanos.getAsLong();
        heldUpNanos = now - startedNanos;
        next(now);
    }

    private void next(long now) {
        long left = startedNanos + timeoutNanos - now;
        if (left <= 0) {
            tick = loop.schedule(end, LAST_LOOK_NANOS, TimeUnit.NANOSECONDS);
            return;
        }
        long due = now + Math.min(left, timeoutNanos / TICKS);
        tick = loop.schedule(() -> ticked(due), due - now, TimeUnit.NANOSECONDS);
    }

    private void ticked(long due) {
        long now = nanos.getAsLong();
        heldUpNanos += Math.max(0, now - due);
        tick = null;
        next(now);
    }

    /** Whether so much of the time was lost by us that a peer's silence, or its leaving, says nothing. */
    boolean heldUp() {
        long late = nanos.getAsLong() - startedNanos - timeoutNanos;
        return Math.max(heldUpNanos, late) > Math.max(TOLERATED_NANOS, timeoutNanos / 2);
    }

    void cancel() {
        ScheduledFuture<?> pending = tick;
        if (pending != null) {
            pending.cancel(false);
        }
    }
}
