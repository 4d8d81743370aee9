package io.github.penagent.remediation;

import io.github.penagent.remediation.guard.Answer;
import io.github.penagent.remediation.guard.Basis;
import io.github.penagent.remediation.guard.Guards;
import io.github.penagent.remediation.guard.PenFacts;
import io.github.penagent.remediation.guard.Proposal;
import io.github.penagent.remediation.guard.RateGuard;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What should leave, or stay out: proposed, put to the guards, and written down with a permit or without. */
final class Proposals {
    /** Evidence for a new ejection is no older. */
    private static final Duration LATELY = Duration.ofSeconds(1);

    private static final int LONGEST_HOLD_DOWN_SECONDS = 300;

    private static final double HOLD_DOWN_JITTER = 0.2;

    /**
     * What is put to the guards, and why.
     *
     * @param lease that would be renewed; null for a new one
     */
    private record Motion(int server, @Nullable Lease lease, Basis basis, Source source, String evidence) {
        Decision.Kind kind() {
            return lease == null ? Decision.Kind.EJECT : Decision.Kind.RENEW;
        }
    }

    private final Mind mind;
    private final PenCase pen;
    private final Refusals refusals;

    Proposals(Mind mind) {
        this.mind = mind;
        this.pen = mind.pen();
        this.refusals = new Refusals(mind);
    }

    Optional<Hold> keepOut(int server) {
        return pen.backend(pen.slot(server).address()).hold().filter(h -> h.kind() == Hold.Kind.KEEP_OUT);
    }

    /** The same in words. */
    Optional<String> keptOut(int server) {
        return keepOut(server).map(hold -> "kept out " + hold.said());
    }

    void eject() {
        if (mind.now() < pen.retryNanos) {
            return;
        }
        List<Integer> candidates = new ArrayList<>();
        for (int i = 0; i < pen.slots.size(); i++) {
            boolean wanted = mind.judgement(i).ejectable() || keepOut(i).isPresent();
            if (pen.usable(i) && pen.slot(i).lease().isEmpty() && wanted) {
                candidates.add(i);
            }
        }
        candidates.sort(Comparator.comparing((Integer server) -> !firstChoice(server))
                .thenComparing(server -> pen.slot(server).failingNanos()));
        for (int server : candidates) {
            if (pen.pending == null && seenLately(server)) {
                propose(server, null, mind.judgement(server), "");
            }
        }
    }

    /** Agents that share a pen begin at different ends, lest both spend their share on the same backend. */
    private boolean firstChoice(int server) {
        return server % mind.rules().settings().agents()
                == mind.rules().settings().index();
    }

    /** One that failed a while ago, and could not leave then, may have come back meanwhile: it is asked once more. */
    private boolean seenLately(int server) {
        Judgement judgement = mind.judgement(server);
        boolean byCheck = judgement.source() == Source.CHECK && keepOut(server).isEmpty();
        if (!byCheck || mind.now() - judgement.badNanos() <= LATELY.toNanos()) {
            return true;
        }
        mind.recheck();
        return false;
    }

    void propose(int server, @Nullable Lease lease, Judgement judgement, String reason) {
        boolean byPerson = keepOut(server).isPresent();
        Basis basis = lease != null ? lease.basis() : byPerson ? Basis.PERSON : judgement.basis();
        Source source = lease != null ? lease.source() : byPerson ? Source.PERSON : judgement.source();
        String evidence = !reason.isEmpty() ? reason : keptOut(server).orElseGet(judgement::words);
        Motion motion = new Motion(server, lease, basis, source, evidence);
        PenFacts seen = mind.facts();
        List<Answer> answers = Guards.ask(proposal(server, lease, judgement, basis, seen), seen);
        Optional<String> refused =
                answers.stream().filter(a -> !a.passes()).map(Answer::guard).findFirst();
        if (refused.isEmpty()) {
            write(motion, answers);
        } else if (refused.get().equals("mode") && mind.mode() == Mode.DRY_RUN) {
            pretend(motion, answers);
        } else {
            refusals.refused(server, motion.kind(), source, evidence, answers, refused.get());
        }
    }

    private Proposal proposal(int server, @Nullable Lease lease, Judgement judgement, Basis basis, PenFacts seen) {
        Backend backend = pen.backend(pen.slot(server).address());
        long foreign = pen.slot(server).foreignNanos();
        Optional<String> hold =
                backend.hold().filter(h -> h.kind() != Hold.Kind.KEEP_OUT).map(Hold::words);
        Optional<String> flapping = basis == Basis.PERSON
                ? Optional.empty()
                : mind.now() < backend.steadyNanos()
                        ? Optional.of("it comes and goes, and is left in for another "
                                + (backend.steadyNanos() - mind.now()) / 1_000_000_000L + " s")
                        : backend.mayLeave(mind.now())
                                ? Optional.empty()
                                : Optional.of("it has left and come back too often within 10 minutes");
        return new Proposal(
                lease == null ? Proposal.Kind.EJECT : Proposal.Kind.RENEW,
                basis,
                seen.slots().get(server),
                basis == Basis.PERSON ? Long.MIN_VALUE : judgement.suspectNanos(),
                judgement.needsContrast() && basis != Basis.PERSON,
                hold,
                flapping,
                foreign > mind.now()
                        ? (int) Math.min(Integer.MAX_VALUE, (foreign - mind.now()) / 1_000_000_000L + 1)
                        : 0);
    }

    private void write(Motion motion, List<Answer> answers) {
        int server = motion.server();
        Lease lease = motion.lease();
        int seconds = mind.rules().settings().leaseSeconds();
        long id = mind.id();
        long latest = mind.now()
                + Permit.VALID.toNanos()
                + Duration.ofSeconds(seconds).toNanos();
        long before = lease == null ? mind.now() : lease.untilNanos();
        Permit permit = new Permit(id, pen.key(server), seconds, mind.now() + Permit.VALID.toNanos());
        Decision decision = decision(id, motion, answers);
        if (lease == null) {
            begin(server, motion.basis());
            mind.put(server, begun(id, motion, false, latest, Long.MAX_VALUE));
        } else {
            mind.put(server, lease.renewing(id, latest));
        }
        PenCase.Pending.Kind pending = lease == null ? PenCase.Pending.Kind.EJECT : PenCase.Pending.Kind.RENEW;
        pen.pending = new PenCase.Pending(id, pending, server, mind.now(), seconds, before);
        mind.want(new Action.Eject(permit, decision));
    }

    /** What a dry run would have written; it is counted as if it had been. */
    private void pretend(Motion motion, List<Answer> answers) {
        int server = motion.server();
        Lease lease = motion.lease();
        long nanos = Duration.ofSeconds(mind.rules().settings().leaseSeconds()).toNanos();
        long until = mind.now() + nanos;
        long renew = mind.now() + nanos / 2;
        if (lease != null && lease.dry()) {
            mind.put(server, lease.written(until, renew, false));
        }
        if (lease != null) {
            return;
        }
        long id = mind.id();
        mind.want(new Action.Note(decision(id, motion, answers)));
        pen.counts = pen.counts.suppressed("mode");
        begin(server, motion.basis());
        mind.put(server, begun(id, motion, true, until, renew));
    }

    private Decision decision(long id, Motion motion, List<Answer> answers) {
        return mind.decision(
                id,
                motion.kind(),
                motion.server(),
                Optional.of(motion.source()),
                motion.evidence(),
                answers,
                mind.rules().settings().leaseSeconds());
    }

    private Lease begun(long id, Motion motion, boolean dry, long untilNanos, long renewNanos) {
        long holdDown = holdDown(motion.server(), motion.basis(), id);
        return new Lease(
                id,
                pen.key(motion.server()),
                motion.basis(),
                motion.source(),
                dry,
                untilNanos,
                renewNanos,
                holdDown,
                false);
    }

    private void begin(int server, Basis basis) {
        String address = pen.slot(server).address();
        pen.unsent = pen.backend(address);
        pen.backends.put(address, pen.unsent.left(mind.now()));
        if (basis == Basis.ASSERTED) {
            pen.ejections = recently(pen.ejections, RateGuard.PEN_WINDOW);
            mind.ejected(recently(mind.ejections(), RateGuard.FLEET_WINDOW));
        }
    }

    private List<Long> recently(List<Long> times, Duration window) {
        List<Long> recent = new ArrayList<>(
                times.stream().filter(at -> mind.now() - at < window.toNanos()).toList());
        recent.add(mind.now());
        return List.copyOf(recent);
    }

    /** Twice as long with each relapse; by a little more or less, so that backends do not come back in step. */
    private long holdDown(int server, Basis basis, long id) {
        int relapses = pen.backend(pen.slot(server).address()).relapses();
        if (relapses == 0 || basis == Basis.PERSON) {
            return Long.MIN_VALUE;
        }
        long seconds = Math.min(
                LONGEST_HOLD_DOWN_SECONDS, (long) mind.rules().settings().leaseSeconds() << Math.min(relapses, 10));
        double jitter = (pen.slot(server).address().hashCode() * 31L + id) % 1000 / 1000.0;
        return mind.now() + (long) (seconds * 1e9 * (1 + HOLD_DOWN_JITTER * Math.abs(jitter)));
    }
}
