package io.github.penagent.remediation;

import io.github.penagent.fleet.PenState;
import io.github.penagent.health.Result;
import java.util.Map;
import java.util.OptionalDouble;

/** Something that the core is told, with the time at which it was, on one monotonic clock, in nanoseconds. */
public sealed interface Event {

    long nanos();

    /** Time has passed; comes at least every {@link Core#TICK}. */
    record Tick(long nanos) implements Event {}

    /** A poll of a pen ended, well or not. */
    record Polled(long nanos, PenState state) implements Event {}

    /** One check of one backend ended. */
    record Checked(long nanos, String pen, String address, String check, Result result) implements Event {}

    /** Whether any witness could be reached. */
    record Witnessed(long nanos, boolean reachable) implements Event {}

    /** An alert fired, was repeated or was resolved. */
    record Alerted(long nanos, Alert alert) implements Event {}

    /** A person held a backend. */
    record Held(long nanos, String pen, String address, Hold hold) implements Event {}

    /** A person's hold was lifted. */
    record Unheld(long nanos, String pen, String address) implements Event {}

    /** A person threw the kill switch, or lifted it. */
    record KillSwitch(long nanos, boolean on) implements Event {}

    /** Whether the file is there that does the same, for as long as it is. */
    record KillFile(long nanos, boolean there) implements Event {}

    /** Other settings or checks are in force. */
    record Configured(long nanos, Rules rules) implements Event {}

    /** Whether records can be written. */
    record Audit(long nanos, boolean works) implements Event {}

    /** Whether it can be proved now that the pens are this agent's, where several share them. */
    record Proven(long nanos, boolean ours) implements Event {}

    /** Whether a pen forwards traffic. */
    record Forwards(long nanos, String pen, boolean forwards) implements Event {}

    /**
     * What became of an action.
     *
     * @param id of its permit
     * @param sentNanos when the command was sent, or {@code nanos} if it was not
     * @param seen one line for a person
     */
    record Done(long nanos, String pen, long id, WriteOutcome outcome, long sentNanos, String seen) implements Event {}

    /**
     * What a pen's status page said about blacklists.
     *
     * @param incarnation the run of pen that said it
     * @param secondsLeft for each slot that is used, by number, how long it is still avoided; 0 or less: it is not
     * @param clockOffsetSeconds pen's clock less ours, where it could be told
     */
    record StatusRead(
            long nanos,
            String pen,
            long incarnation,
            Map<Integer, Integer> secondsLeft,
            OptionalDouble clockOffsetSeconds)
            implements Event {
        public StatusRead {
            secondsLeft = Map.copyOf(secondsLeft);
        }
    }
}
