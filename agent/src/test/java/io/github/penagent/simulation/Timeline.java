package io.github.penagent.simulation;

import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;

/** Virtual time: what is to happen when. What is due at the same time happens in the order in which it was planned. */
final class Timeline {
    private final PriorityQueue<Entry> planned =
            new PriorityQueue<>(Comparator.comparingLong(Entry::nanos).thenComparingLong(Entry::number));
    private long now;
    private long number;

    private record Entry(long nanos, long number, Runnable what) {}

    /** Since the beginning. */
    long nanos() {
        return now;
    }

    void at(long nanos, Runnable what) {
        planned.add(new Entry(Math.max(now, nanos), number++, what));
    }

    void after(Duration delay, Runnable what) {
        at(now + delay.toNanos(), what);
    }

    /** Lets everything happen up to then. */
    void runUntil(long nanos) {
        for (Entry next = planned.peek(); next != null && next.nanos() <= nanos; next = planned.peek()) {
            planned.remove();
            now = next.nanos();
            next.what().run();
        }
        now = nanos;
    }
}
