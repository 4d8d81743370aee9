package io.github.penagent.remediation;

import java.time.Duration;

/**
 * How much of a pen's time one look at its status page may take: pen forwards nothing meanwhile.
 *
 * @param maxPenLoad the share of a pen's time that this agent may take, 0 to 1
 * @param leaseSeconds for how long a lease holds; there is a look in each half of one
 */
public record LoadAllowance(double maxPenLoad, int leaseSeconds) {
    /** Whatever the share: a moment that no client notices. */
    static final long MOST_NANOS = Duration.ofMillis(10).toNanos();

    /** Measured on pen 0.34.1: the page is written to a file first, and then sent in pieces of seven bytes. */
    private static final long PAGE_NANOS = Duration.ofMillis(2).toNanos();

    private static final long ROW_NANOS = 30_000;

    boolean allows(long costNanos) {
        return costNanos <= MOST_NANOS
                && costNanos <= maxPenLoad * Duration.ofSeconds(leaseSeconds).toNanos() / 2;
    }

    /** What a page with so many servers and clients is likely to cost, before one was measured. */
    static long estimate(int rows) {
        return PAGE_NANOS + rows * ROW_NANOS;
    }

    /** What the next page is likely to cost, after one took {@code replyNanos} from its first byte to its last. */
    static long measured(long replyNanos) {
        return Math.max(PAGE_NANOS, replyNanos);
    }
}
