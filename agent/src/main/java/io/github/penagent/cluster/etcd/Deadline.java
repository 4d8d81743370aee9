package io.github.penagent.cluster.etcd;

import java.time.Duration;

/** A moment after which an answer is of no use. */
record Deadline(long nanos) {
    static Deadline in(Duration time) {
        return new Deadline(System.nanoTime() + time.toNanos());
    }

    /** For timers; at least one. */
    long leftMillis() {
        return Math.max(1, (nanos - System.nanoTime()) / 1_000_000);
    }

    boolean isOver() {
        return nanos - System.nanoTime() <= 0;
    }

    /** Half way to it. */
    Deadline half() {
        long now = System.nanoTime();
        return new Deadline(now + (nanos - now) / 2);
    }
}
