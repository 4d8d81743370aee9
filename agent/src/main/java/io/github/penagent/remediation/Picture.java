package io.github.penagent.remediation;

import io.github.penagent.fleet.Slots;
import io.github.penagent.health.Traffic;
import io.github.penagent.remediation.guard.Basis;
import io.github.penagent.remediation.guard.PenFacts;
import io.github.penagent.remediation.guard.RateGuard;
import io.github.penagent.remediation.guard.SlotFacts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the core knows of one pen, put together for the guards. */
final class Picture {
    private Picture() {}

    static PenFacts of(State state, PenCase pen, List<Judgement> judgements) {
        RemediationSettings settings = state.rules.settings();
        FleetCase fleet = state.fleet;
        long now = fleet.nanos();
        Mode mode = state.mode(pen);
        Panic panic = fleet.panic().on() && (fleet.panic().total() || !pen.panic.on()) ? fleet.panic() : pen.panic;
        return new PenFacts(
                pen.name,
                now,
                pen.readable ? pen.readNanos : Long.MIN_VALUE,
                slots(pen, judgements, now),
                new PenFacts.Limits(
                        settings.maxOut(),
                        settings.minHealthy(),
                        settings.agents(),
                        settings.index(),
                        state.rules.maxPenLoad()),
                beyond(state),
                mode.label(),
                mode == Mode.ENFORCE,
                pen.warmNanos,
                pen.stubborn,
                pen.reading == null ? Double.NaN : pen.reading.sample().occupancy(),
                fleet.audited(),
                panic.on() ? Optional.of(panic.reason()) : Optional.empty(),
                panic.total() || pen.panic.total(),
                within(pen.ejections, now, RateGuard.PEN_WINDOW));
    }

    private static PenFacts.FleetFacts beyond(State state) {
        FleetSums sums = state.pens().sums();
        int recent = within(state.fleet.ejections(), state.fleet.nanos(), RateGuard.FLEET_WINDOW);
        return new PenFacts.FleetFacts(sums.readable(), sums.usable(), sums.own(), recent, state.fleet.proven());
    }

    private static List<SlotFacts> slots(PenCase pen, List<Judgement> judgements, long now) {
        List<SlotFacts> facts = new ArrayList<>();
        for (int i = 0; i < pen.slots.size(); i++) {
            SlotCase slot = pen.slot(i);
            Judgement judgement = judgements.get(i);
            Traffic traffic = slot.traffic();
            facts.add(new SlotFacts(
                    i,
                    slot.address(),
                    pen.usable(i),
                    judgement.checked(),
                    judgement.fresh(),
                    judgement.goodNanos(),
                    traffic.carries(now),
                    traffic.shareOfPeers(),
                    traffic.windowNanos(),
                    traffic.movedNanos(),
                    traffic.contrast(),
                    out(pen, i, judgement, now)));
        }
        return facts;
    }

    private static SlotFacts.Out out(PenCase pen, int server, Judgement judgement, long now) {
        SlotCase slot = pen.slot(server);
        if (slot.lease().isPresent()) {
            return slot.lease().get().basis() == Basis.CORROBORATED
                    ? SlotFacts.Out.OWN_CORROBORATED
                    : SlotFacts.Out.OWN;
        }
        if (slot.foreignNanos() > now) {
            return SlotFacts.Out.FOREIGN;
        }
        Optional<Slots> table = pen.table();
        if (table.isPresent() && server < table.get().size() && Traffic.full(table.get(), server)) {
            return SlotFacts.Out.FULL;
        }
        return judgement.fresh() || slot.traffic().carries(now) ? SlotFacts.Out.IN : SlotFacts.Out.UNSEEN;
    }

    static int within(List<Long> times, long now, Duration window) {
        return (int) times.stream().filter(at -> now - at < window.toNanos()).count();
    }
}
