package io.github.penagent.remediation;

import io.github.penagent.remediation.SlotCase.Verdict;
import io.github.penagent.remediation.guard.Answer;
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

/**
 * What follows for one pen from all that is known: leases end, verdicts change, proposals are made, guards asked, permits given. At
 * most one command is under way.
 */
final class Acting {
    /** A command that is not sent by then is not sent: what the guards agreed on is past. */
    private static final Duration PERMIT = Duration.ofSeconds(2);

    /** No word of a command for so long: it may have been sent. */
    private static final Duration NO_WORD = Duration.ofSeconds(15);

    /** Nothing could be sent: not at once again. */
    private static final Duration RETRY = Duration.ofSeconds(1);

    /** Between two closer looks at one pen. */
    private static final Duration REREAD = Duration.ofMillis(300);

    private static final Duration RECHECK = Duration.ofMillis(200);

    /** The more backends, the longer between two rounds of checks out of turn: a hundred of them a second. */
    private static final Duration RECHECK_EACH = Duration.ofMillis(10);

    /** For how long after the first sign a closer look is taken. */
    private static final Duration CLOSE_LOOK = Duration.ofSeconds(15);

    private static final Duration RESCUE = Duration.ofSeconds(30);

    /** Evidence for a new ejection is no older. */
    private static final Duration LATELY = Duration.ofSeconds(1);

    /** The end of a lease, in which it is ended rather than left to run out: time enough to read pen once more. */
    private static final Duration LAST = Duration.ofSeconds(2);

    private static final Duration BETWEEN_RELEASES = Duration.ofSeconds(1);

    /** How far pen's whole seconds may put the end of what was ours off. */
    private static final Duration ORPHAN_SLACK = Duration.ofSeconds(2);

    /** A refusal is written down again after this time, as long as it lasts. */
    private static final Duration REMINDER = Duration.ofSeconds(60);

    /** What passes by itself is no refusal worth a record, unless it lasts. */
    private static final Duration TRANSIENT = Duration.ofSeconds(2);

    private static final List<String> TRANSIENTS = List.of("stale", "unknown", "rate", "last_healthy", "min_healthy");

    private static final int LONGEST_HOLD_DOWN_SECONDS = 300;
    private static final double HOLD_DOWN_JITTER = 0.2;

    private final List<Action> actions = new ArrayList<>();
    private final PenCase pen;
    private State state;
    private List<Judgement> judgements = List.of();

    /** What the guards see; made anew after whatever changes it. */
    private @Nullable PenFacts facts;

    Acting(State state, PenCase pen) {
        this.state = state;
        this.pen = pen;
    }

    State state() {
        return state.with(pen);
    }

    List<Action> actions() {
        return actions;
    }

    Rules rules() {
        return state.rules;
    }

    long now() {
        return state.fleet.nanos();
    }

    private Mode mode() {
        return state.mode(pen);
    }

    private long id() {
        long id = state.fleet.nextId();
        state = state.with(state.fleet.afterId());
        return id;
    }

    // What others have to say.

    void note(Decision.Kind kind, int server, String evidence) {
        actions.add(new Action.Note(decision(id(), kind, server, Optional.empty(), evidence, List.of(), 0)));
    }

    private Decision decision(
            long id,
            Decision.Kind kind,
            int server,
            Optional<Source> source,
            String evidence,
            List<Answer> answers,
            int seconds) {
        Optional<String> refused =
                answers.stream().filter(a -> !a.passes()).map(Answer::guard).findFirst();
        return new Decision(
                id,
                now(),
                pen.name,
                server,
                server >= 0 && server < pen.slots.size() ? pen.slot(server).address() : "",
                kind,
                mode(),
                source,
                evidence,
                answers,
                refused,
                seconds);
    }

    /** A lease is gone, or what became of it is not known any more. */
    void lost(int server, String why) {
        boolean dry = pen.slot(server).lease().filter(Lease::dry).isPresent();
        pen.slots.set(server, pen.slot(server).with(Optional.empty()));
        if (!dry) {
            note(Decision.Kind.LOST, server, why);
        }
    }

    void put(int server, Lease lease) {
        facts = null;
        pen.slots.set(server, pen.slot(server).with(Optional.of(lease)));
    }

    /** Nothing was sent after all, so nothing has left. */
    void undoEjection(int server) {
        String address = pen.slot(server).address();
        pen.slots.set(server, pen.slot(server).with(Optional.empty()));
        pen.backends.put(address, pen.backend(address).stayed(pen.unsent));
        pen.retryNanos = now() + RETRY.toNanos();
        facts = null;
    }

    /** The first sign of trouble: whether others show it too decides what it means. */
    void lookCloser() {
        if (mode().compareTo(Mode.DRY_RUN) >= 0) {
            recheck();
            reread();
        }
    }

    private void recheck() {
        long pause = Math.max(RECHECK.toNanos(), RECHECK_EACH.toNanos() * pen.slots.size());
        if (pen.recheckNanos == Long.MIN_VALUE || now() - pen.recheckNanos >= pause) {
            pen.recheckNanos = now();
            actions.add(new Action.Recheck(pen.name));
        }
    }

    private void reread() {
        boolean due = pen.rereadNanos == Long.MIN_VALUE || now() - pen.rereadNanos >= REREAD.toNanos();
        double occupancy =
                pen.reading == null ? Double.NaN : pen.reading.sample().occupancy();
        boolean affordable = Double.isNaN(occupancy) || occupancy <= rules().maxPenLoad();
        if (due && affordable) {
            pen.rereadNanos = now();
            actions.add(new Action.Reread(pen.name));
        }
    }

    // What follows.

    void act() {
        expire();
        judge();
        report();
        pen.panic = panic();
        makeRoom();
        if (pen.reading != null && mode().compareTo(Mode.DRY_RUN) >= 0) {
            decide();
        }
        facts = null;
        pen.sums = sums();
        pen.quiet = isQuiet();
    }

    private void expire() {
        pen.backends.replaceAll((address, backend) -> backend.at(now()));
        if (pen.pending != null && now() - pen.pending.sinceNanos() > NO_WORD.toNanos()) {
            noWord(pen.pending);
        }
        if (pen.roomId >= 0 && now() - pen.roomNanos > NO_WORD.toNanos()) {
            pen.roomId = -1;
            pen.roomMade = false;
        }
        for (int i = 0; i < pen.slots.size(); i++) {
            Optional<Lease> lease = pen.slot(i).lease();
            boolean waiting = pen.pending != null && pen.pending.server() == i;
            if (lease.isPresent() && now() >= lease.get().untilNanos() && !waiting) {
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
                    .ifPresent(lease -> put(pending.server(), lease.written(lease.untilNanos(), now(), false)));
        }
    }

    private void comeBack(int server, Lease lease) {
        SlotCase slot = pen.slot(server).with(Optional.empty());
        pen.slots.set(server, slot);
        pen.backends.put(slot.address(), pen.backend(slot.address()).returned(now()));
        note(Decision.Kind.RETURN, server, lease.dry() ? "it would be back now" : "its lease has ended");
    }

    private void judge() {
        List<Judgement> all = new ArrayList<>();
        for (int i = 0; i < pen.slots.size(); i++) {
            all.add(Judgement.of(pen, i, rules(), now()));
        }
        judgements = all;
    }

    /** Says what is thought of each backend, once. */
    private void report() {
        Mode mode = mode();
        if (pen.everReported && mode != pen.reportedMode) {
            note(Decision.Kind.MODE, -1, "was " + pen.reportedMode.label());
            forgetDryRun();
            if (pen.reportedMode == Mode.DRY_RUN && pen.roomId < 0) {
                pen.roomMade = false;
                pen.places = 0;
                pen.roomNanos = Long.MIN_VALUE;
            }
        }
        pen.reportedMode = mode;
        pen.everReported = true;
        for (int i = 0; i < pen.slots.size(); i++) {
            Judgement judgement = judgements.get(i);
            Verdict verdict = !pen.usable(i) || mode == Mode.OFF
                    ? Verdict.FINE
                    : judgement.failing()
                            ? Verdict.FAILING
                            : judgement.suspicious() ? Verdict.SUSPICIOUS : Verdict.FINE;
            SlotCase slot = pen.slot(i);
            if (verdict != slot.verdict() && !stillFails(slot, judgement)) {
                pen.slots.set(i, slot.with(verdict, now()));
                verdictChanged(i, slot.verdict(), verdict, judgement);
            }
        }
    }

    /** Out of service it has no traffic, so pen's counters cannot agree any more; that makes it no healthier. */
    private boolean stillFails(SlotCase slot, Judgement judgement) {
        return mode() != Mode.OFF
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
        if (mode() == Mode.OFF) {
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
        actions.add(new Action.Note(decision(id(), kind, server, source, words, List.of(), 0)));
    }

    private Panic panic() {
        Panic next = pen.panic.next(Suspicion.ofPen(pen, judgements, rules(), now()), now());
        if (next.on() != pen.panic.on() && mode().compareTo(Mode.DRY_RUN) >= 0) {
            if (next.on()) {
                note(Decision.Kind.PANIC, -1, next.reason());
            } else {
                note(Decision.Kind.CALM, -1, "over: " + pen.panic.reason());
            }
        }
        return next;
    }

    // Room for failed connects.

    /** Once per run of pen, before it is needed. */
    private void makeRoom() {
        int places = rules().settings().pendingMax();
        boolean due = pen.readable && !pen.roomMade && pen.roomId < 0 && now() >= pen.roomNanos;
        if (places > 0 && due && mode().compareTo(Mode.DRY_RUN) >= 0) {
            room(places, "failed connects take places that pen never gives back, and without one it accepts nothing");
        }
    }

    /** pen answers and forwards nothing: the sign of a pen without a place left. */
    void rescue() {
        int places = rules().settings().pendingMax();
        boolean due = pen.roomId < 0 && now() - pen.roomNanos >= RESCUE.toNanos();
        if (places > 0 && pen.readable && mode() == Mode.ENFORCE && (due || pen.roomNanos == Long.MIN_VALUE)) {
            long more = pen.places == 0 ? places : Math.min(2L * pen.places, RemediationSettings.MAX_PENDING);
            room((int) more, "pen answers on its control port and forwards nothing");
        }
    }

    private void room(int places, String why) {
        long id = id();
        Answer mode = new Answer("mode", mode() == Mode.ENFORCE, "the mode in force is " + mode().label());
        Decision decision = decision(id, Decision.Kind.RAISE_PENDING, -1, Optional.empty(), why, List.of(mode), 0);
        pen.roomMade = true;
        pen.places = places;
        pen.roomNanos = now();
        if (decision.permitted()) {
            pen.roomId = id;
            actions.add(new Action.RaisePending(id, pen.name, pen.incarnation(), places, decision));
        } else {
            actions.add(new Action.Note(decision));
        }
    }

    // Proposals.

    private void decide() {
        facts = null;
        if (pen.pending == null) {
            release();
        }
        if (pen.pending == null) {
            renew();
        }
        if (pen.pending == null) {
            eject();
        }
        lookAgain();
    }

    /** What was meant for another backend, what is healthy again, and what panic gives back while too few are left. */
    private void release() {
        if (pen.orphan >= 0 && mode() == Mode.ENFORCE && fresh()) {
            int server = pen.orphan;
            pen.orphan = -1;
            if (server < pen.slots.size()
                    && pen.usable(server)
                    && now() < pen.orphanNanos
                    && pen.slot(server).foreignNanos() <= pen.orphanNanos + ORPHAN_SLACK.toNanos()) {
                lift(server, Optional.empty(), "the slot was given another backend while our lease was on it");
                return;
            }
        }
        boolean due = pen.releaseNanos == Long.MIN_VALUE || now() - pen.releaseNanos >= BETWEEN_RELEASES.toNanos();
        if (due && mode() == Mode.ENFORCE) {
            letRecoveredIn();
            if (pen.pending == null && pen.panic.on() && !pen.panic.total() && fresh()) {
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
                if (!fresh()) {
                    reread();
                    return;
                }
                pen.releaseNanos = now();
                lift(i, Optional.of(lease.get().source()), "it is healthy again");
                return;
            }
        }
    }

    private boolean recovered(int server, Lease lease) {
        Judgement judgement = judgements.get(server);
        boolean healthy = judgement.goodNanos() != Long.MIN_VALUE && !judgement.suspect() && !judgement.failing();
        boolean ours =
                !lease.dry() && lease.basis() != Basis.PERSON && keepOut(server).isEmpty();
        boolean over = now() >= lease.untilNanos() - LAST.toNanos() && now() >= lease.holdDownNanos();
        return healthy && ours && (over || tooFewServe());
    }

    private void letAssertedIn() {
        for (int i = 0; i < pen.slots.size(); i++) {
            Optional<Lease> lease = pen.slot(i).lease().filter(l -> l.basis() == Basis.ASSERTED);
            if (lease.isPresent() && lease.get().confirmed() && tooFewServe()) {
                pen.releaseNanos = now();
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
                        && !judgements.get(i).suspect()
                        && !judgements.get(i).failing();
                serving += in ? 1 : 0;
            }
        }
        return serving < Math.max(1, (int) Math.ceil(usable * rules().settings().minHealthy()));
    }

    private void lift(int server, Optional<Source> source, String why) {
        long id = id();
        Decision decision = decision(id, Decision.Kind.LIFT, server, source, why, List.of(), 0);
        pen.pending = new PenCase.Pending(id, PenCase.Pending.Kind.RELEASE, server, now(), 0, Long.MIN_VALUE);
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
            pen.backends.put(address, pen.backend(address).returned(now()));
        }
        actions.add(new Action.Release(new Permit(id, pen.key(server), 0, now() + PERMIT.toNanos()), decision));
    }

    private boolean fresh() {
        return pen.readable
                && pen.readNanos != Long.MIN_VALUE
                && now() - pen.readNanos <= Duration.ofSeconds(1).toNanos();
    }

    private void renew() {
        for (int i = 0; i < pen.slots.size() && pen.pending == null; i++) {
            Optional<Lease> lease = pen.slot(i).lease();
            if (lease.isPresent()
                    && now() >= lease.get().renewNanos()
                    && now() < lease.get().untilNanos()) {
                Judgement judgement = judgements.get(i);
                Optional<String> why = reasonToStay(i, lease.get(), judgement);
                if (why.isPresent()) {
                    propose(i, lease.get(), judgement, why.get());
                }
            }
        }
    }

    private Optional<String> reasonToStay(int server, Lease lease, Judgement judgement) {
        Optional<Hold> out = keepOut(server);
        if (out.isPresent()) {
            return out.map(h -> "kept out by " + h.owner() + ": " + h.reason());
        }
        if (lease.basis() != Basis.PERSON && judgement.renewable() && judgement.failing()) {
            return Optional.of(judgement.words());
        }
        boolean relapsed = lease.holdDownNanos() > now() && judgement.fresh() && !judgement.suspect();
        return relapsed
                ? Optional.of("it failed again soon after it had come back, so it stays out for another "
                        + (lease.holdDownNanos() - now()) / 1_000_000_000L + " s")
                : Optional.empty();
    }

    private Optional<Hold> keepOut(int server) {
        return pen.backend(pen.slot(server).address()).hold().filter(h -> h.kind() == Hold.Kind.KEEP_OUT);
    }

    private void eject() {
        if (now() < pen.retryNanos) {
            return;
        }
        List<Integer> candidates = new ArrayList<>();
        for (int i = 0; i < pen.slots.size(); i++) {
            boolean wanted = judgements.get(i).ejectable() || keepOut(i).isPresent();
            if (pen.usable(i) && pen.slot(i).lease().isEmpty() && wanted) {
                candidates.add(i);
            }
        }
        candidates.sort(Comparator.comparing((Integer server) -> !firstChoice(server))
                .thenComparing(server -> pen.slot(server).failingNanos()));
        for (int server : candidates) {
            if (pen.pending == null && seenLately(server)) {
                propose(server, null, judgements.get(server), "");
            }
        }
    }

    /** Agents that share a pen begin at different ends, lest both spend their share on the same backend. */
    private boolean firstChoice(int server) {
        return server % rules().settings().agents() == rules().settings().index();
    }

    /** One that failed a while ago, and could not leave then, may have come back meanwhile: it is asked once more. */
    private boolean seenLately(int server) {
        Judgement judgement = judgements.get(server);
        boolean byCheck = judgement.source() == Source.CHECK && keepOut(server).isEmpty();
        if (!byCheck || now() - judgement.badNanos() <= LATELY.toNanos()) {
            return true;
        }
        recheck();
        return false;
    }

    private void propose(int server, @Nullable Lease lease, Judgement judgement, String reason) {
        Optional<Hold> out = keepOut(server);
        Basis basis = lease != null ? lease.basis() : out.isPresent() ? Basis.PERSON : judgement.basis();
        Source source = lease != null ? lease.source() : out.isPresent() ? Source.PERSON : judgement.source();
        String evidence = !reason.isEmpty()
                ? reason
                : out.map(h -> "kept out by " + h.owner() + ": " + h.reason()).orElse(judgement.words());
        PenFacts seen = facts();
        List<Answer> answers = Guards.ask(proposal(server, lease, judgement, basis, seen), seen);
        Optional<String> refused =
                answers.stream().filter(a -> !a.passes()).map(Answer::guard).findFirst();
        Decision.Kind kind = lease == null ? Decision.Kind.EJECT : Decision.Kind.RENEW;
        if (refused.isEmpty()) {
            write(server, lease, kind, basis, source, evidence, answers);
        } else if (refused.get().equals("mode") && mode() == Mode.DRY_RUN) {
            pretend(server, lease, kind, basis, source, evidence, answers);
        } else {
            refused(server, kind, source, evidence, answers, refused.get());
        }
    }

    private PenFacts facts() {
        if (facts == null) {
            facts = Picture.of(state(), pen, judgements);
        }
        return facts;
    }

    private Proposal proposal(int server, @Nullable Lease lease, Judgement judgement, Basis basis, PenFacts seen) {
        Backend backend = pen.backend(pen.slot(server).address());
        long foreign = pen.slot(server).foreignNanos();
        Optional<String> hold = backend.hold()
                .filter(h -> h.kind() != Hold.Kind.KEEP_OUT)
                .map(h -> h.kind().label() + " by " + h.owner() + ": " + h.reason());
        Optional<String> flapping = basis == Basis.PERSON
                ? Optional.empty()
                : now() < backend.steadyNanos()
                        ? Optional.of("it comes and goes, and is left in for another "
                                + (backend.steadyNanos() - now()) / 1_000_000_000L + " s")
                        : backend.mayLeave(now())
                                ? Optional.empty()
                                : Optional.of("it has left and come back too often within 10 minutes");
        return new Proposal(
                lease == null ? Proposal.Kind.EJECT : Proposal.Kind.RENEW,
                Proposal.Founding.valueOf(basis.name()),
                seen.slots().get(server),
                basis == Basis.PERSON ? Long.MIN_VALUE : judgement.suspectNanos(),
                judgement.needsContrast() && basis != Basis.PERSON,
                hold,
                flapping,
                foreign > now() ? (int) Math.min(Integer.MAX_VALUE, (foreign - now()) / 1_000_000_000L + 1) : 0);
    }

    private void write(
            int server,
            @Nullable Lease lease,
            Decision.Kind kind,
            Basis basis,
            Source source,
            String evidence,
            List<Answer> answers) {
        int seconds = rules().settings().leaseSeconds();
        long id = id();
        long latest = now() + PERMIT.toNanos() + Duration.ofSeconds(seconds).toNanos();
        long before = lease == null ? now() : lease.untilNanos();
        Permit permit = new Permit(id, pen.key(server), seconds, now() + PERMIT.toNanos());
        Decision decision = decision(id, kind, server, Optional.of(source), evidence, answers, seconds);
        if (lease == null) {
            begin(server, basis);
            put(
                    server,
                    new Lease(
                            id,
                            permit.slot(),
                            basis,
                            source,
                            false,
                            latest,
                            Long.MAX_VALUE,
                            holdDown(server, basis, id),
                            false));
        } else {
            put(server, lease.renewing(id, latest));
        }
        PenCase.Pending.Kind pending = lease == null ? PenCase.Pending.Kind.EJECT : PenCase.Pending.Kind.RENEW;
        pen.pending = new PenCase.Pending(id, pending, server, now(), seconds, before);
        actions.add(new Action.Eject(permit, decision));
    }

    /** What a dry run would have written; it is counted as if it had been. */
    private void pretend(
            int server,
            @Nullable Lease lease,
            Decision.Kind kind,
            Basis basis,
            Source source,
            String evidence,
            List<Answer> answers) {
        int seconds = rules().settings().leaseSeconds();
        long nanos = Duration.ofSeconds(seconds).toNanos();
        if (lease != null && lease.dry()) {
            put(server, lease.written(now() + nanos, now() + nanos / 2, false));
            return;
        }
        if (lease != null) {
            return;
        }
        long id = id();
        actions.add(new Action.Note(decision(id, kind, server, Optional.of(source), evidence, answers, seconds)));
        pen.counts = pen.counts.suppressed("mode");
        begin(server, basis);
        put(
                server,
                new Lease(
                        id,
                        pen.key(server),
                        basis,
                        source,
                        true,
                        now() + nanos,
                        now() + nanos / 2,
                        holdDown(server, basis, id),
                        false));
    }

    private void begin(int server, Basis basis) {
        String address = pen.slot(server).address();
        pen.unsent = pen.backend(address);
        pen.backends.put(address, pen.unsent.left(now()));
        if (basis == Basis.ASSERTED) {
            pen.ejections = recently(pen.ejections, RateGuard.PEN_WINDOW);
            state = state.with(state.fleet.ejections(recently(state.fleet.ejections(), RateGuard.FLEET_WINDOW)));
        }
    }

    private List<Long> recently(List<Long> times, Duration window) {
        List<Long> recent = new ArrayList<>(
                times.stream().filter(at -> now() - at < window.toNanos()).toList());
        recent.add(now());
        return List.copyOf(recent);
    }

    /** Twice as long with each relapse; by a little more or less, so that backends do not come back in step. */
    private long holdDown(int server, Basis basis, long id) {
        int relapses = pen.backend(pen.slot(server).address()).relapses();
        if (relapses == 0 || basis == Basis.PERSON) {
            return Long.MIN_VALUE;
        }
        long seconds =
                Math.min(LONGEST_HOLD_DOWN_SECONDS, (long) rules().settings().leaseSeconds() << Math.min(relapses, 10));
        double jitter = (pen.slot(server).address().hashCode() * 31L + id) % 1000 / 1000.0;
        return now() + (long) (seconds * 1e9 * (1 + HOLD_DOWN_JITTER * Math.abs(jitter)));
    }

    /** Recorded once, and again as a reminder; what passes by itself only if it does not. */
    private void refused(
            int server, Decision.Kind kind, Source source, String evidence, List<Answer> answers, String guard) {
        SlotCase slot = pen.slot(server);
        boolean same = guard.equals(slot.refusal());
        long since = same ? slot.refusalNanos() : now();
        boolean passing = TRANSIENTS.contains(guard) && now() - since < TRANSIENT.toNanos();
        boolean again = same && slot.refusalNoted() && now() - since < REMINDER.toNanos();
        if (passing || again) {
            pen.slots.set(server, slot.refused(guard, now(), same && slot.refusalNoted()));
        } else {
            SlotCase fresh = same && slot.refusalNoted() ? slot.refused("", now(), false) : slot;
            pen.slots.set(server, fresh.refused(guard, now(), true));
            pen.counts = pen.counts.suppressed(guard);
            actions.add(new Action.Note(decision(id(), kind, server, Optional.of(source), evidence, answers, 0)));
            steady(server, guard);
        }
        if (guard.equals("stale")) {
            reread();
        }
        if (guard.equals("last_healthy") || guard.equals("min_healthy")) {
            closeLook(server, this::recheck);
        }
    }

    private void steady(int server, String guard) {
        String address = pen.slot(server).address();
        Backend backend = pen.backend(address);
        if (guard.equals("flapping") && now() >= backend.steadyNanos()) {
            pen.backends.put(address, backend.steadyUntil(now() + Backend.STEADY.toNanos()));
            note(Decision.Kind.FLAPPING, server, "left in for 15 minutes, whatever it does");
        }
    }

    /** Reads pen more often while it is not clear yet what the first signs mean. */
    private void lookAgain() {
        for (int i = 0; i < pen.slots.size(); i++) {
            if (pen.usable(i)
                    && pen.slot(i).lease().isEmpty()
                    && judgements.get(i).suspect()) {
                closeLook(i, this::reread);
            }
        }
    }

    private void closeLook(int server, Runnable look) {
        long since = judgements.get(server).suspectNanos();
        if (since != Long.MAX_VALUE && now() - since < CLOSE_LOOK.toNanos()) {
            look.run();
        }
    }

    // What is kept for the fleet and for later.

    private PenCase.Sums sums() {
        int usable = 0;
        int failing = 0;
        int own = 0;
        for (int i = 0; i < pen.slots.size(); i++) {
            SlotCase slot = pen.slot(i);
            usable += pen.usable(i) ? 1 : 0;
            failing += pen.usable(i) && Suspicion.asserted(slot, judgements.get(i)) ? 1 : 0;
            own += slot.lease().filter(l -> l.basis() == Basis.ASSERTED).isPresent() ? 1 : 0;
        }
        PenCase.Sums plain = new PenCase.Sums(usable, failing, own, 0);
        int budget = mode() == Mode.ENFORCE && !pen.panic.on() && pen.reading != null ? facts().budget() : 0;
        return new PenCase.Sums(plain.usable(), plain.failing(), plain.own(), budget);
    }

    private boolean isQuiet() {
        boolean calm = pen.pending == null && !pen.panic.on() && pen.orphan < 0 && !pen.hasLeases();
        boolean idle = mode().compareTo(Mode.DRY_RUN) < 0 || rules().settings().pendingMax() == 0;
        boolean room = pen.roomMade || pen.roomId >= 0 || idle;
        boolean fine = judgements.stream().noneMatch(j -> j.suspect() || j.failing())
                && pen.slots.stream().allMatch(slot -> slot.verdict() == Verdict.FINE);
        boolean unheld = pen.backends.values().stream()
                .allMatch(
                        backend -> backend.hold().isEmpty() && backend.alerts().isEmpty());
        return calm && room && fine && unheld && now() >= pen.degradedNanos;
    }
}
