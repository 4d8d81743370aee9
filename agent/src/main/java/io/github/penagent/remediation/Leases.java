package io.github.penagent.remediation;

import io.github.penagent.remediation.guard.Basis;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What becomes of leases: they run out, are renewed, or are ended early. */
final class Leases {
    /** No word of a command for so long: it may have been sent. */
    static final Duration NO_WORD = Duration.ofSeconds(15);

    /** The end of a lease, in which it is ended rather than left to run out: time enough to read pen once more. */
    private static final Duration LAST = Duration.ofSeconds(2);

    private static final Duration BETWEEN_RELEASES = Duration.ofSeconds(1);

    /** How far pen's whole seconds may put the end of what was ours off. */
    private static final Duration ORPHAN_SLACK = Duration.ofSeconds(2);

    private final Mind mind;
    private final PenCase pen;
    private final Proposals proposals;

    Leases(Mind mind, Proposals proposals) {
        this.mind = mind;
        this.pen = mind.pen();
        this.proposals = proposals;
    }

    void expire() {
        pen.backends.replaceAll((address, backend) -> backend.at(mind.now()));
        if (pen.pending != null && mind.now() - pen.pending.sinceNanos() > NO_WORD.toNanos()) {
            noWord(pen.pending);
        }
        for (int i = 0; i < pen.slots.size(); i++) {
            Optional<Lease> lease = pen.slot(i).lease();
            boolean waiting = pen.pending != null && pen.pending.server() == i;
            if (lease.isPresent() && mind.now() >= lease.get().untilNanos() && !waiting) {
                comeBack(i, lease.get());
            }
        }
    }

    /** It may have been sent or not; the lease is kept until the latest end that it can have. */
    private void noWord(PenCase.Pending pending) {
        pen.pending = null;
        if (pending.server() < pen.slots.size()) {
            pen.slot(pending.server())
                    .lease()
                    .filter(lease -> lease.id() == pending.id())
                    .ifPresent(
                            lease -> mind.put(pending.server(), lease.written(lease.untilNanos(), mind.now(), false)));
        }
    }

    private void comeBack(int server, Lease lease) {
        SlotCase slot = pen.slot(server).with(Optional.empty());
        pen.slots.set(server, slot);
        pen.backends.put(slot.address(), pen.backend(slot.address()).returned(mind.now()));
        mind.note(Decision.Kind.RETURN, server, lease.dry() ? "it would be back now" : "its lease has ended");
    }

    /** What was meant for another backend, what is healthy again, and what panic gives back while too few are left. */
    void release() {
        if (pen.orphan >= 0 && mind.mode() == Mode.ENFORCE && mind.fresh()) {
            int server = pen.orphan;
            pen.orphan = -1;
            if (server < pen.slots.size()
                    && pen.usable(server)
                    && mind.now() < pen.orphanNanos
                    && pen.slot(server).foreignNanos() <= pen.orphanNanos + ORPHAN_SLACK.toNanos()) {
                lift(server, Optional.empty(), "the slot was given another backend while our lease was on it");
                return;
            }
        }
        boolean due = pen.releaseNanos == Long.MIN_VALUE || mind.now() - pen.releaseNanos >= BETWEEN_RELEASES.toNanos();
        if (due && mind.mode() == Mode.ENFORCE) {
            letRecoveredIn();
            if (pen.pending == null && pen.panic.on() && !pen.panic.total() && mind.fresh()) {
                letAssertedIn();
            }
        }
    }

    /**
     * Not left to run out: its end is by pen's clock, and what a lease leaves behind comes back to life when that is set back or
     * the global blacklist time is raised. Shortly before, or at once when the others are in need.
     */
    private void letRecoveredIn() {
        for (int i = 0; i < pen.slots.size(); i++) {
            Optional<Lease> lease = pen.slot(i).lease();
            if (lease.isPresent() && recovered(i, lease.get())) {
                if (!mind.fresh()) {
                    mind.reread();
                    return;
                }
                pen.releaseNanos = mind.now();
                lift(i, Optional.of(lease.get().source()), "it is healthy again");
                return;
            }
        }
    }

    private boolean recovered(int server, Lease lease) {
        Judgement judgement = mind.judgement(server);
        boolean healthy = judgement.goodNanos() != Long.MIN_VALUE && !judgement.suspect() && !judgement.failing();
        boolean ours = !lease.dry()
                && lease.basis() != Basis.PERSON
                && proposals.keepOut(server).isEmpty();
        boolean over = mind.now() >= lease.untilNanos() - LAST.toNanos() && mind.now() >= lease.holdDownNanos();
        return healthy && ours && (over || tooFewServe());
    }

    private void letAssertedIn() {
        for (int i = 0; i < pen.slots.size(); i++) {
            Optional<Lease> lease = pen.slot(i).lease().filter(l -> l.basis() == Basis.ASSERTED);
            if (lease.isPresent() && lease.get().confirmed() && tooFewServe()) {
                pen.releaseNanos = mind.now();
                lift(i, Optional.of(lease.get().source()), "panic, and too few are left: " + pen.panic.reason());
                return;
            }
        }
    }

    private boolean tooFewServe() {
        int usable = 0;
        int serving = 0;
        for (int i = 0; i < pen.slots.size(); i++) {
            if (pen.usable(i)) {
                usable++;
                boolean in = pen.slot(i).lease().isEmpty()
                        && !mind.judgement(i).suspect()
                        && !mind.judgement(i).failing();
                serving += in ? 1 : 0;
            }
        }
        return serving
                < Math.max(1, (int) Math.ceil(usable * mind.rules().settings().minHealthy()));
    }

    private void lift(int server, Optional<Source> source, String why) {
        long id = mind.id();
        Decision decision = mind.decision(id, Decision.Kind.LIFT, server, source, why, List.of(), 0);
        pen.pending = new PenCase.Pending(id, PenCase.Pending.Kind.RELEASE, server, mind.now(), 0, Long.MIN_VALUE);
        source.ifPresent(s -> pen.counts = pen.counts.lifted(s));
        Optional<Lease> lease = pen.slot(server).lease();
        if (lease.isPresent()) {
            String address = pen.slot(server).address();
            // Until pen has ended it, it is out.
            pen.slots.set(
                    server,
                    pen.slot(server)
                            .with(Optional.empty())
                            .foreignUntil(lease.get().untilNanos()));
            pen.backends.put(address, pen.backend(address).returned(mind.now()));
        }
        mind.want(
                new Action.Release(new Permit(id, pen.key(server), 0, mind.now() + Permit.VALID.toNanos()), decision));
    }

    void renew() {
        for (int i = 0; i < pen.slots.size() && pen.pending == null; i++) {
            Optional<Lease> lease = pen.slot(i).lease();
            if (lease.isPresent()
                    && mind.now() >= lease.get().renewNanos()
                    && mind.now() < lease.get().untilNanos()) {
                Judgement judgement = mind.judgement(i);
                Optional<String> why = reasonToStay(i, lease.get(), judgement);
                if (why.isPresent()) {
                    proposals.propose(i, lease.get(), judgement, why.get());
                }
            }
        }
    }

    private Optional<String> reasonToStay(int server, Lease lease, Judgement judgement) {
        Optional<String> out = proposals.keptOut(server);
        if (out.isPresent()) {
            return out;
        }
        if (lease.basis() != Basis.PERSON && judgement.renewable() && judgement.failing()) {
            return Optional.of(judgement.words());
        }
        boolean relapsed = lease.holdDownNanos() > mind.now() && judgement.fresh() && !judgement.suspect();
        return relapsed
                ? Optional.of("it failed again soon after it had come back, so it stays out for another "
                        + (lease.holdDownNanos() - mind.now()) / 1_000_000_000L + " s")
                : Optional.empty();
    }
}
