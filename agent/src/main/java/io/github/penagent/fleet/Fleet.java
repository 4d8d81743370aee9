package io.github.penagent.fleet;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The present state of every pen. One reference per pen to an immutable state: a page is put together from whatever is
 * there, and thousands of pens change without copying one another.
 */
public final class Fleet {
    private volatile List<String> names = List.of();
    private final Map<String, PenState> states = new ConcurrentHashMap<>();
    private final Listener listener;

    /** The last states of pens that others watch now. */
    private final Map<String, PenState> lent = new ConcurrentHashMap<>();

    /** Told on the thread that learnt something, of one pen one after another. */
    public interface Listener {
        /** There is a new state. */
        void changed(PenState pen);

        /** The pen is not watched any more. */
        default void gone(String pen) {}
    }

    /** @param names the pens, in the order in which they are shown */
    public Fleet(List<String> names, Listener listener) {
        this.listener = listener;
        watch(names);
    }

    /**
     * From now on there are these pens: others are forgotten, new ones begin as unknown, the rest go on as they are. One call
     * at a time.
     */
    public void watch(List<String> wanted) {
        watch(wanted, Set.of(), pen -> Optional.empty());
    }

    /**
     * The same where others watch pens, too.
     *
     * @param elsewhere those pens: what this agent counted of them is remembered
     * @param left what was left of a pen that is new here
     */
    public void watch(List<String> wanted, Set<String> elsewhere, Function<String, Optional<Past>> left) {
        List<String> now = List.copyOf(wanted);
        for (String name : now) {
            states.computeIfAbsent(name, added -> {
                PenState before = lent.getOrDefault(added, PenState.unknown(added));
                PenState begun = before.anew(left.apply(added).orElse(before.toLeave()));
                listener.changed(begun);
                return begun;
            });
        }
        lent.keySet().retainAll(elsewhere);
        names = now;
        Set<String> gone = new HashSet<>(states.keySet());
        now.forEach(gone::remove);
        gone.forEach(name -> states.computeIfPresent(name, (removed, state) -> {
            if (elsewhere.contains(removed)) {
                lent.put(removed, state);
            }
            listener.gone(removed);
            return null;
        }));
    }

    /**
     * Learns something. Observations of one pen may come from several threads: they are taken one after another, and so is
     * the telling of what they led to. What is learnt of a pen that is not watched any more is forgotten at once.
     */
    public PenState accept(Observation observation) {
        PenState next = states.computeIfPresent(observation.pen(), (name, state) -> {
            PenState after = state.next(observation);
            listener.changed(after);
            return after;
        });
        return next == null ? PenState.unknown(observation.pen()) : next;
    }

    /** What is to be known of a pen that is or was watched, to go on with it elsewhere. */
    public Optional<Past> past(String name) {
        return find(name).or(() -> Optional.ofNullable(lent.get(name))).map(PenState::toLeave);
    }

    /** The state of one pen; unknown for one that is not watched. */
    public PenState state(String name) {
        return find(name).orElseGet(() -> PenState.unknown(name));
    }

    public Optional<PenState> find(String name) {
        return Optional.ofNullable(states.get(name));
    }

    /** The pens there are, in configured order. */
    public List<String> names() {
        return names;
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
