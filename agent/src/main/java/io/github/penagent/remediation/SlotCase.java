package io.github.penagent.remediation;

import io.github.penagent.health.Traffic;
import java.util.Optional;

/**
 * What is known of one slot. Immutable.
 *
 * @param address the backend it had when last read, empty for none
 * @param lease this agent's
 * @param foreignNanos until when somebody else's blacklist holds, as far as known; {@link Long#MIN_VALUE} for none
 * @param verdict what was last said of its backend
 * @param failingNanos since when it has been failing; {@link Long#MIN_VALUE} if it is not
 * @param refusal the guard that refused last, empty for none
 * @param refusalNanos when it did so first
 * @param refusalNoted whether that was recorded
 */
record SlotCase(
        String address,
        Traffic traffic,
        Optional<Lease> lease,
        long foreignNanos,
        Verdict verdict,
        long failingNanos,
        String refusal,
        long refusalNanos,
        boolean refusalNoted) {

    /** What is said of a backend. */
    enum Verdict {
        FINE,
        /** Only pen's counters speak against it. */
        SUSPICIOUS,
        FAILING
    }

    static SlotCase of(String address) {
        return new SlotCase(
                address,
                Traffic.NONE,
                Optional.empty(),
                Long.MIN_VALUE,
                Verdict.FINE,
                Long.MIN_VALUE,
                "",
                Long.MIN_VALUE,
                false);
    }

    SlotCase with(Traffic now) {
        return new SlotCase(
                address, now, lease, foreignNanos, verdict, failingNanos, refusal, refusalNanos, refusalNoted);
    }

    SlotCase with(Optional<Lease> now) {
        return new SlotCase(address, traffic, now, foreignNanos, verdict, failingNanos, "", Long.MIN_VALUE, false);
    }

    SlotCase foreignUntil(long nanos) {
        return new SlotCase(address, traffic, lease, nanos, verdict, failingNanos, refusal, refusalNanos, refusalNoted);
    }

    SlotCase with(Verdict now, long nanos) {
        long since = now != Verdict.FAILING ? Long.MIN_VALUE : verdict == Verdict.FAILING ? failingNanos : nanos;
        return new SlotCase(address, traffic, lease, foreignNanos, now, since, refusal, refusalNanos, refusalNoted);
    }

    SlotCase refused(String guard, long nanos, boolean noted) {
        long since = guard.equals(refusal) ? refusalNanos : nanos;
        return new SlotCase(address, traffic, lease, foreignNanos, verdict, failingNanos, guard, since, noted);
    }

    boolean failing() {
        return verdict == Verdict.FAILING;
    }
}
