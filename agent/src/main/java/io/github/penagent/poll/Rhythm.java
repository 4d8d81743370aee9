package io.github.penagent.poll;

import java.util.random.RandomGenerator;

/**
 * When one pen is due. Due times follow one another at the interval, each jittered by up to a tenth, so that pens that
 * start together drift apart and a late poll does not delay those after it. Not thread-safe.
 */
final class Rhythm {
    private static final double JITTER = 0.1;

    private long intervalNanos;
    private final RandomGenerator random;
    private final long offsetNanos;
    private long due;

    /** A rhythm that has not begun; its first due time is {@code offsetNanos} after it does. */
    Rhythm(long intervalNanos, RandomGenerator random, long offsetNanos) {
        this.intervalNanos = intervalNanos;
        this.random = random;
        this.offsetNanos = offsetNanos;
    }

    void begin(long now) {
        due = now + offsetNanos;
    }

    /** From now on at another interval, the first time not later than one of it from {@code now}. */
    void change(long newIntervalNanos, long now) {
        intervalNanos = newIntervalNanos;
        due = Math.min(due, now + newIntervalNanos);
    }

    /** How long until the next poll is due, zero if it is late. */
    long untilDue(long now) {
        return Math.max(0, due - now);
    }

    /** Moves on to the next due time; those already past are given up. */
    void advance(long now) {
        due += (long) (intervalNanos * (1 - JITTER + 2 * JITTER * random.nextDouble()));
        if (due < now - intervalNanos) {
            due = now;
        }
    }

    /** Puts the next poll off to {@code nanos} if it would be due earlier. */
    void notBefore(long nanos) {
        due = Math.max(due, nanos);
    }

    /**
     * When the pen at {@code place} of {@code count} is due for the first time, in nanoseconds from now: the first polls
     * are few, while code is still being compiled, and then come faster, all within one interval or a millisecond each.
     */
    static long ramp(int place, int count, long intervalNanos) {
        long window = Math.max(Math.min(intervalNanos, count * 10_000_000L), count * 1_000_000L);
        return (long) (window * Math.sqrt((double) place / count));
    }
}
