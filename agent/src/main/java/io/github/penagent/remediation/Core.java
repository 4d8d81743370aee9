package io.github.penagent.remediation;

import java.time.Duration;

/**
 * The decision core: what is known, and what follows from one more event. Total: there is an answer for every event in every
 * state, also for nonsense. Deterministic: the same events give the same answers, so a recorded run can be replayed. Without clock,
 * I/O, thread or chance: time comes with the events.
 *
 * <p>The way of a decision: evidence becomes a {@link Judgement} of a backend, that a proposal; all guards are asked; if all agree,
 * there is a {@link Permit}. An ejection is a lease that pen lets run out by itself: an agent that dies leaves nothing behind.
 */
public final class Core {
    /** How often time has to be told at least. */
    public static final Duration TICK = Duration.ofMillis(100);

    /** So long without an event, we slept: what looks like a failure since may be ours. */
    static final Duration STALL = Duration.ofSeconds(1);

    /** For how long after that nothing is done. */
    static final Duration RECOLLECTION = Duration.ofSeconds(5);

    private Core() {}

    /** What {@code event} leads to in {@code state}: the next state, and what is to be done. */
    public static Step step(State state, Event event) {
        Deliberation deliberation = new Deliberation(state, event.nanos());
        deliberation.hear(event);
        return deliberation.step();
    }
}
