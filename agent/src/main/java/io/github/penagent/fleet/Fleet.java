package io.github.penagent.fleet;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * The present state of every pen. One reference per pen to an immutable state: a page is put together from whatever is
 * there, and thousands of pens change without copying one another.
 */
public final class Fleet {
    private final List<String> names;
    private final Map<String, PenState> states = new ConcurrentHashMap<>();
    private final Consumer<PenState> changed;

    /**
     * @param names the pens, in the order in which they are shown
     * @param changed told of each new state, on the thread that made it
     */
    public Fleet(List<String> names, Consumer<PenState> changed) {
        this.names = List.copyOf(names);
        this.changed = changed;
        for (String name : this.names) {
            PenState unknown = PenState.unknown(name);
            states.put(name, unknown);
            changed.accept(unknown);
        }
    }

    /**
     * Learns something. Observations of one pen may come from several threads: they are taken one after another, and so is
     * the telling of what they led to.
     *
     * @throws IllegalArgumentException if there is no such pen
     */
    public PenState accept(Observation observation) {
        PenState next = states.computeIfPresent(observation.pen(), (name, state) -> {
            PenState after = state.next(observation);
            changed.accept(after);
            return after;
        });
        if (next == null) {
            throw new IllegalArgumentException("no pen is called " + observation.pen());
        }
        return next;
    }

    /**
     * The state of one pen.
     *
     * @throws IllegalArgumentException if there is no such pen
     */
    public PenState state(String name) {
        return find(name).orElseThrow(() -> new IllegalArgumentException("no pen is called " + name));
    }

    public Optional<PenState> find(String name) {
        return Optional.ofNullable(states.get(name));
    }

    /** All pens in configured order. */
    public List<PenState> states() {
        return names.stream().map(this::state).toList();
    }

    /** Whether every pen was asked at least once. */
    public boolean allTried() {
        return states.values().stream().allMatch(PenState::tried);
    }
}
