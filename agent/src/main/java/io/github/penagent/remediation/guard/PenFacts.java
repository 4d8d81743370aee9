package io.github.penagent.remediation.guard;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * All that the guards may know, of one pen at one time.
 *
 * @param nanos now
 * @param readNanos when the slots were read; {@link Long#MIN_VALUE} if the pen cannot be read
 * @param slots of pen's table, used or not
 * @param limits what the settings allow
 * @param fleet what counts beyond this pen
 * @param mode in force, in words
 * @param enforcing whether that is to act
 * @param warmNanos when the warm-up ends
 * @param stubborn whether clients of a blacklisted slot are turned away rather than sent to another
 * @param occupancy the share of pen's loop that this agent has taken lately; NaN if unknown
 * @param audited whether records can be written
 * @param panic why the agent suspects itself, in words
 * @param panicTotal whether that forbids even what pen's own counters agree with
 * @param recentEjections new ones on a check's or alert's word on this pen within {@link RateGuard#PEN_WINDOW}
 */
public record PenFacts(
        String pen,
        long nanos,
        long readNanos,
        List<SlotFacts> slots,
        Limits limits,
        FleetFacts fleet,
        String mode,
        boolean enforcing,
        long warmNanos,
        boolean stubborn,
        double occupancy,
        boolean audited,
        Optional<String> panic,
        boolean panicTotal,
        int recentEjections) {
    public PenFacts {
        slots = List.copyOf(slots);
    }

    /**
     * What the settings allow.
     *
     * @param maxOut share of a pen's backends that may be out
     * @param minHealthy share that must be seen healthy
     * @param agents how many agents act here
     * @param index which of them this is
     * @param maxPenLoad share of pen's loop
     */
    public record Limits(double maxOut, double minHealthy, int agents, int index, double maxPenLoad) {
        /** This agent's part of {@code whole}; what does not divide evenly goes to the first ones. */
        public int shareOf(int whole) {
            return whole / agents + (index < whole % agents ? 1 : 0);
        }
    }

    /**
     * What counts beyond one pen.
     *
     * @param pens that were read
     * @param slots usable ones of all of them
     * @param ownAsserted this agent's leases on a check's or alert's word
     * @param recentEjections new ones on such a word within {@link RateGuard#FLEET_WINDOW}
     * @param proven whether it can be proved that the pens are this agent's
     */
    public record FleetFacts(int pens, int slots, int ownAsserted, int recentEjections, boolean proven) {}

    /** Backends that pen could use. */
    public int usable() {
        return count(SlotFacts::usable);
    }

    /** How many may be out at the same time on a check's or alert's word, by all agents together. */
    public int cap() {
        int n = usable();
        return n < 2 ? 0 : Math.max(1, (int) Math.floor(n * limits.maxOut() + ROUNDING));
    }

    /** Usable slots that do not count as in service for the cap: all but those that pen's counters have given up, too. */
    public int countedOut() {
        return count(slot ->
                slot.usable() && slot.out() != SlotFacts.Out.IN && slot.out() != SlotFacts.Out.OWN_CORROBORATED);
    }

    /** How many more may leave now on a check's or alert's word. */
    public int budget() {
        int own = count(slot -> slot.out() == SlotFacts.Out.OWN);
        return Math.max(0, Math.min(cap() - countedOut(), limits.shareOf(cap()) - own));
    }

    int minHealthyCount() {
        return Math.max(1, (int) Math.ceil(usable() * limits.minHealthy() - ROUNDING));
    }

    int count(Predicate<SlotFacts> which) {
        int n = 0;
        for (SlotFacts slot : slots) {
            if (which.test(slot)) {
                n++;
            }
        }
        return n;
    }

    /** How many others than the target fulfil the condition. */
    int others(Proposal proposal, Predicate<SlotFacts> which) {
        return count(slot -> slot.server() != proposal.target().server() && which.test(slot));
    }

    /** A third of three is 0.99999…; it is meant to be one. */
    private static final double ROUNDING = 1e-9;
}
