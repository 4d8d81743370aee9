package io.github.penagent.fleet;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/** Something learnt about one pen, with the time at which it was true. */
public sealed interface Observation {

    String pen();

    /** A poll that was answered in full. */
    record Polled(String pen, Sample sample) implements Observation {}

    /** A poll that was not. */
    record Failed(String pen, FailureReason reason, String message, Duration took) implements Observation {}

    /** A poll that was due and did not take place. */
    record Skipped(String pen, SkipReason reason) implements Observation {}

    /** What changes rarely. */
    record SettingsRead(String pen, PenSettings settings) implements Observation {}

    /** The clients as counted so far; absent: they are not asked for any more. */
    record ClientsRead(String pen, Optional<Clients> clients) implements Observation {
        public ClientsRead(String pen, Clients clients) {
            this(pen, Optional.of(clients));
        }
    }

    /** What the checks of its backends have come to. */
    record Checked(String pen, Checks checks) implements Observation {}

    /** Whether it forwards traffic; absent: not known any more. */
    record Forwards(String pen, Optional<Boolean> forwards) implements Observation {}

    /** What this agent does about its backends. */
    record Remedied(String pen, Remedy remedy) implements Observation {}

    /**
     * The answer to one poll.
     *
     * @param nanos when the reply was complete, on a monotonic clock
     * @param at the same on the wall clock, for people
     * @param took connect to end of reply
     * @param processId pen's, if it was asked in this poll
     * @param occupancy the share of pen's loop spent on this agent lately, 0 to 1; NaN until it is known
     */
    record Sample(long nanos, Instant at, Duration took, OptionalInt processId, double occupancy, Slots slots) {
        /** What the wall clock shows at {@code then} of the monotonic clock, as far as this reading knows. */
        public Instant wallTime(long then) {
            return at.plusNanos(then - nanos);
        }
    }
}
