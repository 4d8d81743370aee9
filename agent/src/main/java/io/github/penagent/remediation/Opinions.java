package io.github.penagent.remediation;

import io.github.penagent.remediation.SlotCase.Verdict;
import java.util.List;
import java.util.Optional;

/** What is thought of each backend and of oneself, said once when it changes. */
final class Opinions {
    private final Mind mind;
    private final PenCase pen;

    Opinions(Mind mind) {
        this.mind = mind;
        this.pen = mind.pen();
    }

    /** Says what is thought of each backend, once. */
    void report() {
        Mode mode = mind.mode();
        if (pen.everReported && mode != pen.reportedMode) {
            mind.note(Decision.Kind.MODE, -1, "was " + pen.reportedMode.label());
            forgetDryRun();
            mind.judge();
            if (pen.reportedMode == Mode.DRY_RUN && pen.roomId < 0) {
                pen.roomMade = false;
                pen.places = 0;
                pen.roomNanos = Long.MIN_VALUE;
            }
        }
        pen.reportedMode = mode;
        pen.everReported = true;
        for (int i = 0; i < pen.slots.size(); i++) {
            Judgement judgement = mind.judgement(i);
            Verdict verdict = !pen.usable(i) || mode == Mode.OFF
                    ? Verdict.FINE
                    : judgement.failing()
                            ? Verdict.FAILING
                            : judgement.suspicious() ? Verdict.SUSPICIOUS : Verdict.FINE;
            SlotCase slot = pen.slot(i);
            if (verdict != slot.verdict() && !stillFails(slot, judgement)) {
                pen.slots.set(i, slot.with(verdict, mind.now()));
                verdictChanged(i, slot.verdict(), verdict, judgement);
            }
        }
        pen.doubts = mode == Mode.OFF ? List.of() : Doubt.all(pen, mind.judgements());
    }

    /** Out of service it has no traffic, so pen's counters cannot agree any more; that makes it no healthier. */
    private boolean stillFails(SlotCase slot, Judgement judgement) {
        return mind.mode() != Mode.OFF
                && slot.lease().isPresent()
                && slot.verdict() == Verdict.FAILING
                && judgement.suspect();
    }

    private void forgetDryRun() {
        for (int i = 0; i < pen.slots.size(); i++) {
            if (pen.slot(i).lease().filter(Lease::dry).isPresent()) {
                pen.slots.set(i, pen.slot(i).with(Optional.empty()));
            }
        }
    }

    private void verdictChanged(int server, Verdict before, Verdict after, Judgement judgement) {
        if (mind.mode() == Mode.OFF) {
            return;
        }
        Decision.Kind kind = after == Verdict.FINE ? Decision.Kind.HEALTHY : Decision.Kind.FAILING;
        String words = after != Verdict.FINE
                ? judgement.words()
                : judgement.fresh() ? "no longer" : "nothing fresh says so any more";
        if (before != Verdict.FINE && after == Verdict.SUSPICIOUS) {
            return;
        }
        Optional<Source> source = after == Verdict.FINE ? Optional.empty() : Optional.of(judgement.source());
        mind.want(new Action.Note(mind.decision(mind.id(), kind, server, source, words, List.of(), 0)));
    }

    Panic panic() {
        Panic next = pen.panic.next(Suspicion.ofPen(pen, mind.judgements(), mind.rules(), mind.now()), mind.now());
        if (next.on() && !pen.panicNoted && mind.decides()) {
            pen.panicNoted = true;
            mind.note(Decision.Kind.PANIC, -1, next.reason());
        } else if (!next.on() && pen.panicNoted) {
            // Whoever heard of it hears of its end, also where nothing is decided any more.
            pen.panicNoted = false;
            mind.note(Decision.Kind.CALM, -1, "over: " + pen.panic.reason());
        }
        return next;
    }
}
