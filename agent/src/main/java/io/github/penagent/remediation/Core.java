package io.github.penagent.remediation;

import java.time.Duration;
import java.util.List;

/** The decision core. */
public final class Core {
    /** How often time has to be told at least. */
    public static final Duration TICK = Duration.ofMillis(100);

    private Core() {}

    /** What {@code event} leads to in {@code state}: the next state, and what is to be done. Total and deterministic. */
    public static Step step(State state, Event event) {
        return new Step(state, List.of());
    }
}
