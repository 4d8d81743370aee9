package io.github.penagent.fleet;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * What one pen said last, and what that amounts to. Immutable.
 *
 * @param sample the last answered poll
 * @param series the byte counts as series that never jump
 * @param processId pen's, as last seen
 * @param restarts how often this pen was seen to have started anew, or to be two pens on one port
 * @param settings what changes rarely; absent until read
 * @param clients absent until read, or where it is not asked for
 */
public record Reading(
        Observation.Sample sample,
        Series series,
        OptionalInt processId,
        long restarts,
        Optional<PenSettings> settings,
        Optional<Clients> clients) {

    /** @param past what another agent left */
    static Reading first(Observation.Sample sample, Past past) {
        boolean anew = past.isOfAnother(sample);
        return new Reading(
                sample,
                anew ? Series.start(sample) : Series.goOn(sample, past),
                sample.processId().isPresent() ? sample.processId() : past.processId(),
                past.restarts() + (anew ? 1 : 0),
                Optional.empty(),
                Optional.empty());
    }

    public Slots slots() {
        return sample.slots();
    }

    Reading next(Observation.Sample now) {
        boolean anew = startedAnew(now);
        return new Reading(
                now,
                anew ? Series.start(now) : series.next(sample, now),
                now.processId().isPresent() ? now.processId() : processId,
                anew ? restarts + 1 : restarts,
                settings,
                clients);
    }

    Reading with(PenSettings read) {
        return new Reading(sample, series, processId, restarts, Optional.of(read), clients);
    }

    Reading with(Optional<Clients> read) {
        return new Reading(sample, series, processId, restarts, settings, read);
    }

    boolean doubts(Slots now) {
        Slots before = slots();
        if (now.size() != before.size()) {
            return true;
        }
        for (int i = 0; i < now.size(); i++) {
            if (lower(now.sent(i), before.sent(i))
                    || lower(now.received(i), before.received(i))
                    || !now.address(i).equals(before.address(i))) {
                return true;
            }
        }
        return false;
    }

    /**
     * Another process id, fewer slots, or a count that went back. In a container the process id may be the same as
     * before, so each sign stands alone.
     */
    private boolean startedAnew(Observation.Sample now) {
        OptionalInt id = now.processId();
        if (id.isPresent() && processId.isPresent() && id.getAsInt() != processId.getAsInt()) {
            return true;
        }
        Slots before = slots();
        Slots after = now.slots();
        if (after.size() < before.size()) {
            return true;
        }
        boolean sameProcess = id.isPresent() && processId.isPresent();
        for (int i = 0; i < before.size(); i++) {
            if (wentBack(before.sent(i), after.sent(i), sameProcess)
                    || wentBack(before.received(i), after.received(i), sameProcess)) {
                return true;
            }
        }
        return false;
    }

    /** A count past the middle of its range that reappears below it, in the same process, ran over its end. */
    private static boolean wentBack(long before, long after, boolean sameProcess) {
        boolean wrapped = sameProcess && before < 0 && after >= 0;
        return lower(after, before) && !wrapped;
    }

    private static boolean lower(long now, long before) {
        return Long.compareUnsigned(now, before) < 0;
    }
}
