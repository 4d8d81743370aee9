package io.github.penagent.health;

import io.github.penagent.fleet.Slots;
import java.time.Duration;

/** What happened to all slots of a pen between two readings of the same run of it. */
public final class TrafficWindow {
    /** Nothing is concluded from less. */
    public static final Duration MIN = Duration.ofMillis(250);

    private final Slots before;
    private final Slots now;
    private final long beforeNanos;
    private final long nowNanos;
    private final double received;
    private final int moving;

    /**
     * @param beforeNanos when {@code before} was read
     * @param nowNanos when {@code now} was read
     */
    public TrafficWindow(Slots before, Slots now, long beforeNanos, long nowNanos) {
        this.before = before;
        this.now = now;
        this.beforeNanos = beforeNanos;
        this.nowNanos = nowNanos;
        double sum = 0;
        int count = 0;
        for (int i = 0; i < now.size(); i++) {
            if (sameBackend(i) && received(i) > 0) {
                sum += received(i);
                count++;
            }
        }
        received = sum;
        moving = count;
    }

    Slots now() {
        return now;
    }

    long beforeNanos() {
        return beforeNanos;
    }

    long nowNanos() {
        return nowNanos;
    }

    /** Bytes that came back from the slot; 0 where the count went back. */
    long received(int slot) {
        return Math.max(0, now.received(slot) - before.received(slot));
    }

    /** Bytes that went to the slot; 0 where the count went back. */
    long sent(int slot) {
        return Math.max(0, now.sent(slot) - before.sent(slot));
    }

    boolean sameBackend(int slot) {
        return slot < before.size() && now.isUsed(slot) && before.address(slot).equals(now.address(slot));
    }

    /** What came back from another slot that moved, on average; NaN if none did. */
    double peers(int slot) {
        long own = received(slot);
        int others = own > 0 ? moving - 1 : moving;
        return others == 0 ? Double.NaN : (received - own) / others;
    }

    /** The share of the other backends that moved, 0 to 1. */
    double answering(int slot) {
        int others = 0;
        for (int i = 0; i < now.size(); i++) {
            others += i != slot && sameBackend(i) ? 1 : 0;
        }
        int movingOthers = received(slot) > 0 ? moving - 1 : moving;
        return others == 0 ? 0 : (double) movingOthers / others;
    }
}
