package io.github.penagent.health.probe;

/** Hears whether this agent still reaches anybody, on the witnesses' thread. */
@FunctionalInterface
public interface WitnessListener {
    /**
     * A round has ended.
     *
     * @param nanos when, by the monotonic clock
     */
    void asked(boolean anyReachable, long nanos);
}
