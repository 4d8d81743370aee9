package io.github.penagent.remediation;

import io.github.penagent.remediation.guard.Answer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What becomes of a proposal that a guard refuses: a record, and a closer look where that may change the answer. */
final class Refusals {
    /** A refusal is written down again after this time, as long as it lasts. */
    private static final Duration REMINDER = Duration.ofSeconds(60);

    /** What passes by itself is no refusal worth a record, unless it lasts. */
    private static final Duration TRANSIENT = Duration.ofSeconds(2);

    private static final List<String> TRANSIENTS = List.of("stale", "unknown", "rate", "last_healthy", "min_healthy");

    private final Mind mind;
    private final PenCase pen;

    Refusals(Mind mind) {
        this.mind = mind;
        this.pen = mind.pen();
    }

    /** Recorded once, and again as a reminder; what passes by itself only if it does not. */
    void refused(int server, Decision.Kind kind, Source source, String evidence, List<Answer> answers, String guard) {
        SlotCase slot = pen.slot(server);
        boolean same = guard.equals(slot.refusal());
        long since = same ? slot.refusalNanos() : mind.now();
        boolean passing = TRANSIENTS.contains(guard) && mind.now() - since < TRANSIENT.toNanos();
        boolean again = same && slot.refusalNoted() && mind.now() - since < REMINDER.toNanos();
        if (passing || again) {
            pen.slots.set(server, slot.refused(guard, mind.now(), same && slot.refusalNoted()));
        } else {
            SlotCase fresh = same && slot.refusalNoted() ? slot.refused("", mind.now(), false) : slot;
            pen.slots.set(server, fresh.refused(guard, mind.now(), true));
            pen.counts = pen.counts.suppressed(guard);
            mind.want(
                    new Action.Note(mind.decision(mind.id(), kind, server, Optional.of(source), evidence, answers, 0)));
            steady(server, guard);
        }
        if (guard.equals("stale")) {
            mind.reread();
        }
        if (guard.equals("last_healthy") || guard.equals("min_healthy")) {
            mind.closeLook(server, mind::recheck);
        }
    }

    private void steady(int server, String guard) {
        String address = pen.slot(server).address();
        Backend backend = pen.backend(address);
        if (guard.equals("flapping") && mind.now() >= backend.steadyNanos()) {
            pen.backends.put(address, backend.steadyUntil(mind.now() + Backend.STEADY.toNanos()));
            mind.note(Decision.Kind.FLAPPING, server, "left in for 15 minutes, whatever it does");
        }
    }
}
