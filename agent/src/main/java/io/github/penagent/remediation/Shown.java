package io.github.penagent.remediation;

import io.github.penagent.fleet.Outlook;
import io.github.penagent.fleet.Remedy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** What others are shown of one pen. It is compared after every event, so nothing in it may depend on the time that it is now. */
final class Shown {
    private final State state;
    private final PenCase pen;

    private Shown(State state, PenCase pen) {
        this.state = state;
        this.pen = pen;
    }

    static Remedy of(State state, PenCase pen) {
        Shown shown = new Shown(state, pen);
        Mode mode = state.mode(pen);
        Optional<String> panic = shown.panic();
        return new Remedy(
                mode.level(),
                mode.label(),
                panic.isPresent(),
                pen.sums.budget(),
                shown.ejected(),
                pen.counts.tally(),
                pen.foreign,
                pen.clockOffset,
                new Outlook(panic, shown.restraint(mode), state.fleet.restrained(), shown.opinions()));
    }

    private Optional<String> panic() {
        Panic own = pen.panic.on() ? pen.panic : state.fleet.panic();
        return own.on() ? Optional.of(own.reason()) : Optional.empty();
    }

    private Optional<String> restraint(Mode inForce) {
        Mode configured = state.rules.settings().modeOf(pen.name);
        if (inForce == configured) {
            return Optional.empty();
        }
        String why = state.fleet.restrained()
                ? "the kill switch is thrown"
                : state.fleet.audited() ? "pen contradicted what was written" : "nothing can be written down";
        return Optional.of(why + ", configured is " + configured.label());
    }

    private List<Remedy.Ejected> ejected() {
        List<Remedy.Ejected> out = new ArrayList<>();
        for (SlotCase slot : pen.slots) {
            slot.lease()
                    .filter(lease -> !lease.dry())
                    .ifPresent(lease -> out.add(new Remedy.Ejected(
                            lease.slot().server(), lease.slot().address(), lease.untilNanos())));
        }
        return out;
    }

    private List<Outlook.Opinion> opinions() {
        Map<Integer, Doubt> doubts = new HashMap<>();
        pen.doubts.forEach(doubt -> doubts.put(doubt.server(), doubt));
        List<Outlook.Opinion> opinions = new ArrayList<>();
        for (int i = 0; i < pen.slots.size(); i++) {
            SlotCase slot = pen.slot(i);
            Doubt doubt = doubts.get(i);
            Optional<Hold> hold = pen.backend(slot.address()).hold();
            boolean foreign = slot.foreignNanos() > state.fleet.nanos();
            boolean idle = pen.readable && !slot.address().isEmpty() && !pen.usable(i);
            if (doubt != null || hold.isPresent() || foreign || idle) {
                opinions.add(opinion(i, slot, doubt, hold, foreign, idle));
            }
        }
        return opinions;
    }

    private static Outlook.Opinion opinion(
            int server, SlotCase slot, @Nullable Doubt doubt, Optional<Hold> hold, boolean foreign, boolean idle) {
        boolean failing = doubt != null && doubt.failing();
        Outlook.Verdict verdict = idle
                ? Outlook.Verdict.IDLE
                : doubt == null ? Outlook.Verdict.FINE : failing ? Outlook.Verdict.FAILING : Outlook.Verdict.SUSPECT;
        boolean dry = slot.lease().filter(Lease::dry).isPresent();
        return new Outlook.Opinion(
                server,
                slot.address(),
                verdict,
                doubt == null ? "" : doubt.words(),
                since(doubt),
                failing && slot.lease().isEmpty() && !slot.refusal().isEmpty()
                        ? Optional.of(slot.refusal())
                        : Optional.empty(),
                dry,
                foreign ? OptionalLong.of(slot.foreignNanos()) : OptionalLong.empty(),
                hold.map(h -> new Outlook.Held(h.kind().label(), h.owner(), h.reason(), h.untilNanos())));
    }

    private static OptionalLong since(@Nullable Doubt doubt) {
        boolean known = doubt != null && doubt.sinceNanos() != Long.MAX_VALUE && doubt.sinceNanos() != Long.MIN_VALUE;
        return doubt != null && known ? OptionalLong.of(doubt.sinceNanos()) : OptionalLong.empty();
    }
}
