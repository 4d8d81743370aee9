package io.github.penagent.remediation;

import io.github.penagent.remediation.SlotCase.Verdict;
import io.github.penagent.remediation.guard.Basis;

/**
 * What follows for one pen from all that is known: leases end, verdicts change, proposals are made, guards asked, permits given. At
 * most one command is under way.
 */
final class Acting {
    private final Mind mind;
    private final PenCase pen;
    private final Opinions opinions;
    private final Room room;
    private final Proposals proposals;
    private final Leases leases;

    Acting(Mind mind) {
        this.mind = mind;
        this.pen = mind.pen();
        this.opinions = new Opinions(mind);
        this.room = new Room(mind);
        this.proposals = new Proposals(mind);
        this.leases = new Leases(mind, proposals);
    }

    /** pen answers and forwards nothing. */
    void rescue() {
        room.rescue();
    }

    void act() {
        leases.expire();
        room.expire(Leases.NO_WORD);
        mind.judge();
        opinions.report();
        pen.panic = opinions.panic();
        room.makeRoom();
        if (pen.reading != null && mind.decides()) {
            decide();
        }
        mind.forgetFacts();
        pen.sums = sums();
        pen.quiet = isQuiet();
    }

    private void decide() {
        mind.forgetFacts();
        if (pen.pending == null) {
            leases.release();
        }
        if (pen.pending == null) {
            leases.renew();
        }
        if (pen.pending == null) {
            proposals.eject();
        }
        lookAgain();
    }

    /** Reads pen more often while it is not clear yet what the first signs mean. */
    private void lookAgain() {
        for (int i = 0; i < pen.slots.size(); i++) {
            if (pen.usable(i)
                    && pen.slot(i).lease().isEmpty()
                    && mind.judgement(i).suspect()) {
                mind.closeLook(i, mind::reread);
            }
        }
    }

    private PenCase.Sums sums() {
        int usable = 0;
        int failing = 0;
        int own = 0;
        for (int i = 0; i < pen.slots.size(); i++) {
            SlotCase slot = pen.slot(i);
            usable += pen.usable(i) ? 1 : 0;
            failing += pen.usable(i) && Suspicion.asserted(slot, mind.judgement(i)) ? 1 : 0;
            own += slot.lease().filter(l -> l.basis() == Basis.ASSERTED).isPresent() ? 1 : 0;
        }
        int budget = mind.mode() == Mode.ENFORCE && !pen.panic.on() && pen.reading != null
                ? mind.facts().budget()
                : 0;
        return new PenCase.Sums(usable, failing, own, budget);
    }

    private boolean isQuiet() {
        boolean calm = pen.pending == null && !pen.panic.on() && pen.orphan < 0 && !pen.hasLeases();
        boolean idle = !mind.decides() || mind.rules().settings().pendingMax() == 0;
        boolean room = pen.roomMade || pen.roomId >= 0 || idle;
        boolean fine = mind.judgements().stream().noneMatch(j -> j.suspect() || j.failing())
                && pen.slots.stream().allMatch(slot -> slot.verdict() == Verdict.FINE);
        // Alerts that are over stay known for a day, and wait for nothing.
        boolean unheld = pen.backends.values().stream()
                .allMatch(backend -> backend.hold().isEmpty()
                        && backend.alerts().values().stream().noneMatch(Firing::firing));
        return calm && room && fine && unheld && mind.now() >= pen.degradedNanos;
    }
}
