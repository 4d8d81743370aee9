package io.github.penagent.remediation;

/** All that the core knows. Immutable as far as anybody else can see. */
public final class State {
    State() {}

    /** The state before the first event. */
    public static State start(Rules rules, long nanos) {
        return new State();
    }
}
