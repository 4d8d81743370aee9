package io.github.penagent.remediation;

import java.util.List;

/** What one event led to. */
public record Step(State state, List<Action> actions) {
    public Step {
        actions = List.copyOf(actions);
    }
}
