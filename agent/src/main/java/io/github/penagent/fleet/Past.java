package io.github.penagent.fleet;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What of a pen's past its counters need to go on where they stopped, when another agent reads it from now on. Immutable.
 *
 * @param processId pen's, as last seen
 * @param restarts how often it was seen to have started anew
 * @param accepted connections that were counted
 * @param connects connections that pen remembered of all its clients when that was; -1: not known
 * @param bases of slots that were given another backend
 */
public record Past(OptionalInt processId, long restarts, long accepted, long connects, List<Base> bases) {
    public static final Past NONE = new Past(OptionalInt.empty(), 0, 0, -1, List.of());

    public Past {
        bases = List.copyOf(bases);
    }

    /**
     * The bytes of earlier backends of a slot, unsigned.
     *
     * @param address of the present one
     */
    public record Base(int slot, String address, long sent, long received) {
        /** Counts only grow while pen lives. */
        private boolean isBeyond(Slots now) {
            return slot >= now.size()
                    || Long.compareUnsigned(now.sent(slot), sent) < 0
                    || Long.compareUnsigned(now.received(slot), received) < 0;
        }
    }

    /** Whether this reading comes from another run of pen than the one that is meant. */
    boolean isOfAnother(Observation.Sample now) {
        boolean other = processId.isPresent()
                && now.processId().isPresent()
                && processId.getAsInt() != now.processId().getAsInt();
        return other || bases.stream().anyMatch(base -> base.isBeyond(now.slots()));
    }

    /** What is to be known of a pen in this state to go on with it; what was known before it was read, if it was not. */
    static Past of(PenState state) {
        return state.last()
                .map(last -> new Past(
                        last.processId(),
                        last.restarts(),
                        last.clients()
                                .map(Clients::accepted)
                                .orElse(state.past().accepted()),
                        last.clients().map(Clients::connects).orElse(-1L),
                        last.series().bases()))
                .orElse(state.past());
    }

    Optional<Base> base(int slot) {
        return bases.stream().filter(base -> base.slot() == slot).findFirst();
    }
}
