package io.github.penagent.fleet;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Tells the end of a poll from whatever else changes a pen's state. May be asked from any thread. */
public final class EndsOfPolls {
    private final Map<String, Long> polls = new ConcurrentHashMap<>();

    /** Forgets a pen that is not watched any more. */
    public void gone(String pen) {
        polls.remove(pen);
    }

    /** Whether a poll of this pen has ended since its state was last asked about; the first time that counts as one. */
    public boolean isOne(PenState state) {
        Long before = polls.put(state.name(), state.tally().polls());
        return before == null || before != state.tally().polls();
    }
}
