package io.github.penagent.remediation;

import io.github.penagent.remediation.guard.Basis;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What makes the agent suspect itself rather than the backends: it cannot see, or it sees too many fail, above all at once and in the
 * same way. What pen's own counters agree with is not counted.
 */
final class Suspicion {
    private static final double PEN_SHARE = 0.5;
    private static final double FLEET_SHARE = 0.3;
    private static final double CALM_SHARE = 0.3;
    private static final double TOGETHER_SHARE = 0.25;
    private static final int TOGETHER_FROM = 3;
    private static final int FLEET_PENS = 2;
    private static final int FLEET_SLOTS = 10;
    private static final Duration SHORTEST_PERIOD = Duration.ofSeconds(1);
    private static final Duration LONGEST_PERIOD = Duration.ofSeconds(60);

    private Suspicion() {}

    /** What speaks for a panic over all pens. */
    static Panic.Cause ofFleet(State state) {
        FleetCase fleet = state.fleet;
        if (fleet.nanos() < fleet.stalledNanos()) {
            return Panic.Cause.blind("we did not run for a while, and what we saw since may be our own doing");
        }
        if (!fleet.witnessed()) {
            return Panic.Cause.blind("none of the witnesses can be reached: this agent is cut off");
        }
        FleetSums sums = state.pens().sums();
        if (sums.tried() >= 2 && 2 * sums.unreadable() >= sums.tried()) {
            return Panic.Cause.blind(sums.unreadable() + " of " + sums.tried() + " pens cannot be read");
        }
        boolean enough = sums.failingPens() >= FLEET_PENS && sums.usable() >= FLEET_SLOTS;
        if (enough && sums.failing() > FLEET_SHARE * sums.usable()) {
            return Panic.Cause.many(
                    sums.failing() + " of the " + sums.usable() + " backends of all pens look failing to us");
        }
        return new Panic.Cause("", false, enough && sums.failing() >= CALM_SHARE * sums.usable());
    }

    /** What speaks for a panic over one pen. */
    static Panic.Cause ofPen(PenCase pen, List<Judgement> judgements, Rules rules, long nanos) {
        if (pen.tried && !pen.readable) {
            return Panic.Cause.blind("the pen cannot be read");
        }
        int usable = 0;
        int failing = 0;
        Map<String, Integer> together = new HashMap<>();
        long period = period(pen, rules);
        for (int i = 0; i < pen.slots.size(); i++) {
            if (!pen.usable(i)) {
                continue;
            }
            usable++;
            if (asserted(pen.slot(i), judgements.get(i))) {
                failing++;
                if (nanos - pen.slot(i).failingNanos() <= period) {
                    together.merge(judgements.get(i).cause(), 1, Integer::sum);
                }
            }
        }
        if (failing > PEN_SHARE * usable) {
            return Panic.Cause.many(failing + " of " + usable + " backends look failing to us");
        }
        int most = together.values().stream().max(Integer::compare).orElse(0);
        if (usable >= TOGETHER_FROM && most >= Math.max(2, (int) Math.ceil(TOGETHER_SHARE * usable))) {
            return Panic.Cause.many(most + " of " + usable + " backends began to fail at once and in the same way");
        }
        // One that is really dead must not keep the panic up that many others caused.
        return new Panic.Cause("", false, failing >= 2 && failing >= CALM_SHARE * usable);
    }

    /** Whether it is only our word against the backend's. */
    static boolean asserted(SlotCase slot, Judgement judgement) {
        boolean agreed = judgement.corroborated()
                || slot.lease()
                        .filter(lease -> lease.basis() == Basis.CORROBORATED)
                        .isPresent();
        return judgement.failing() && !agreed;
    }

    private static long period(PenCase pen, Rules rules) {
        long longest = rules.checks().stream()
                .filter(check -> check.concerns(pen.name))
                .mapToLong(check -> check.pace().interval().toNanos())
                .max()
                .orElse(0);
        return Math.max(SHORTEST_PERIOD.toNanos(), Math.min(LONGEST_PERIOD.toNanos(), longest));
    }
}
