package io.github.penagent.fleet;

import java.util.Optional;

/**
 * All that is known of one pen. Immutable: each {@link Observation} gives the next state.
 *
 * @param name the configured name
 * @param tally what became of the polls so far
 * @param last the last good reading, kept while pen does not answer so that series go on where they stopped
 * @param failure why the last poll failed; absent if it did not
 * @param checks what checks of its backends have come to
 * @param earlier the same when this agent gave the pen away, whose counts go on
 * @param forwards whether it forwards traffic; absent while that cannot be told
 * @param remedy what this agent does about its backends; absent where it does nothing
 * @param past what another agent left of it, or this one before it gave it away
 */
public record PenState(
        String name,
        Tally tally,
        Optional<Reading> last,
        Optional<Observation.Failed> failure,
        Checks checks,
        Checks earlier,
        Optional<Boolean> forwards,
        Optional<Remedy> remedy,
        Past past) {

    /** A pen that was never asked. */
    public static PenState unknown(String name) {
        return unread(name, Tally.ZERO, Checks.NONE, Past.NONE);
    }

    private static PenState unread(String name, Tally tally, Checks earlier, Past past) {
        return new PenState(
                name,
                tally,
                Optional.empty(),
                Optional.empty(),
                Checks.NONE,
                earlier,
                Optional.empty(),
                Optional.empty(),
                past);
    }

    /** The same pen before it is asked again, after somebody else has read it; what this agent did itself is still counted. */
    PenState anew(Past left) {
        return unread(name, tally, checks.rows().isEmpty() ? earlier : checks, left);
    }

    /** What its counters need to go on with another agent. */
    public Past toLeave() {
        return Past.of(this);
    }

    /** Whether any poll has ended, well or not, since this agent has begun to watch the pen. */
    public boolean tried() {
        return failure.isPresent() || last.isPresent();
    }

    /** Whether the last poll succeeded. */
    public boolean up() {
        return failure.isEmpty() && last.isPresent();
    }

    /** What pen said, only while it is up: values of a pen that does not answer are absent, never frozen. */
    public Optional<Reading> reading() {
        return up() ? last : Optional.empty();
    }

    /** Whether {@code slots} could come from a pen started anew, so that its process id has to be asked. */
    public boolean doubts(Slots slots) {
        return !up() || last.orElseThrow().doubts(slots);
    }

    /** The state after {@code observation}. */
    public PenState next(Observation observation) {
        if (observation instanceof Observation.Polled polled) {
            Reading reading =
                    last.map(r -> r.next(polled.sample())).orElseGet(() -> Reading.first(polled.sample(), past));
            return with(tally.succeeded(), Optional.of(reading), Optional.empty());
        }
        if (observation instanceof Observation.Failed failed) {
            return with(tally.failed(failed.reason()), last, Optional.of(failed));
        }
        if (observation instanceof Observation.Skipped skipped) {
            return with(tally.skipped(skipped.reason()), last, failure);
        }
        if (observation instanceof Observation.SettingsRead read) {
            return with(tally, last.map(r -> r.with(read.settings())), failure);
        }
        if (observation instanceof Observation.ClientsRead read) {
            return with(tally, last.map(r -> r.with(read.clients())), failure);
        }
        if (observation instanceof Observation.Checked checked) {
            Checks all = checked.checks().onTopOf(earlier);
            return new PenState(name, tally, last, failure, all, earlier, forwards, remedy, past);
        }
        if (observation instanceof Observation.Forwards now) {
            return new PenState(name, tally, last, failure, checks, earlier, now.forwards(), remedy, past);
        }
        Observation.Remedied remedied = (Observation.Remedied) observation;
        return new PenState(
                name, tally, last, failure, checks, earlier, forwards, Optional.of(remedied.remedy()), past);
    }

    private PenState with(Tally newTally, Optional<Reading> reading, Optional<Observation.Failed> newFailure) {
        return new PenState(name, newTally, reading, newFailure, checks, earlier, forwards, remedy, past);
    }
}
