package io.github.penagent.remediation;

import java.time.Duration;

/**
 * The right to send one command about one slot, once and soon. Only the core makes one, after every guard has agreed; whoever
 * holds it may do less than it says, never more.
 */
public final class Permit {
    /** For so long after it was given: what the guards agreed on is past then. */
    static final Duration VALID = Duration.ofSeconds(2);

    private final long id;
    private final SlotKey slot;
    private final int seconds;
    private final long expiresNanos;

    Permit(long id, SlotKey slot, int seconds, long expiresNanos) {
        if (seconds != 0 && (seconds < 2 || seconds > RemediationSettings.MAX_LEASE_SECONDS)) {
            throw new IllegalArgumentException("a lease has 2 to 300 seconds, and 0 ends one, not " + seconds);
        }
        this.id = id;
        this.slot = slot;
        this.seconds = seconds;
        this.expiresNanos = expiresNanos;
    }

    /** Tells one action from another; grows. */
    public long id() {
        return id;
    }

    public SlotKey slot() {
        return slot;
    }

    /** For how long pen is to avoid the slot, 2 to 300; 0 ends it now. */
    public int seconds() {
        return seconds;
    }

    /** After this time, on the core's clock, the command must not be sent any more. */
    public long expiresNanos() {
        return expiresNanos;
    }

    @Override
    public String toString() {
        return "permit " + id + ": " + slot + " " + seconds + " s";
    }
}
