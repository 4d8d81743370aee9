package io.github.penagent.remediation;

import java.time.Duration;

/**
 * Whether the agent suspects itself. Immutable.
 *
 * @param reason in words; empty while there is no panic
 * @param total whether it cannot see at all, rather than sees too many fail: then not even pen's counters are believed
 * @param causeNanos when too many were last seen to fail; {@link Long#MIN_VALUE} if it is only blindness
 */
record Panic(String reason, boolean total, long causeNanos) {
    static final Panic NONE = new Panic("", false, Long.MIN_VALUE);

    /** For how long too many failures have to be over. Blindness is over when it is over. */
    static final Duration CALM = Duration.ofSeconds(60);

    boolean on() {
        return !reason.isEmpty();
    }

    /**
     * What {@code cause} makes of it now; an empty cause is none, one that merely lingers keeps it up without starting it. Blindness
     * does not end what was on before it.
     */
    Panic next(Cause cause, long nanos) {
        if (cause.total()) {
            return new Panic(cause.reason(), true, on() && !total ? nanos : causeNanos);
        }
        if (!cause.reason().isEmpty()) {
            return new Panic(cause.reason(), false, nanos);
        }
        if (!on() || causeNanos == Long.MIN_VALUE) {
            return NONE;
        }
        String words = total ? "too many looked failing before we could not see" : reason;
        boolean still = cause.lingers() || total;
        if (still) {
            return new Panic(words, false, nanos);
        }
        return nanos - causeNanos < CALM.toNanos() ? this : NONE;
    }

    /**
     * What speaks for a panic now.
     *
     * @param reason in words; empty for nothing
     * @param total whether it is blindness
     * @param lingers whether a panic that is on is to stay on, though none would start
     */
    record Cause(String reason, boolean total, boolean lingers) {
        static final Cause NONE = new Cause("", false, false);

        static Cause blind(String reason) {
            return new Cause(reason, true, false);
        }

        static Cause many(String reason) {
            return new Cause(reason, false, false);
        }
    }
}
