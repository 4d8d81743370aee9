package io.github.penagent.remediation;

import io.github.penagent.remediation.guard.Basis;

/**
 * A blacklist that this agent wrote, or is about to.
 *
 * @param id of the permit it was last written with
 * @param dry written nowhere: what would have been, in a dry run
 * @param untilNanos when it has ended at the latest, as long as pen's clock does not step
 * @param renewNanos from when on it may be renewed
 * @param holdDownNanos until when it is kept up even if the backend recovers, since it has relapsed; {@link Long#MIN_VALUE} for not at all
 * @param confirmed whether pen was seen to have it
 */
record Lease(
        long id,
        SlotKey slot,
        Basis basis,
        Source source,
        boolean dry,
        long untilNanos,
        long renewNanos,
        long holdDownNanos,
        boolean confirmed) {

    /** Written once more, with the end not yet known: at the latest it is {@code untilNanos}. */
    Lease renewing(long newId, long newUntilNanos) {
        return new Lease(
                newId,
                slot,
                basis,
                source,
                dry,
                Math.max(untilNanos, newUntilNanos),
                Long.MAX_VALUE,
                holdDownNanos,
                confirmed);
    }

    Lease written(long newUntilNanos, long newRenewNanos, boolean newConfirmed) {
        return new Lease(id, slot, basis, source, dry, newUntilNanos, newRenewNanos, holdDownNanos, newConfirmed);
    }

    /** As it is in pen while nothing was written, due again at {@code nanos}. */
    Lease unchanged(long oldUntilNanos, long nanos) {
        return new Lease(id, slot, basis, source, dry, oldUntilNanos, nanos, holdDownNanos, confirmed);
    }
}
