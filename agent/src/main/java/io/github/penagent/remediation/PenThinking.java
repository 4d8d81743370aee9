package io.github.penagent.remediation;

import io.github.penagent.fleet.Observation;
import io.github.penagent.fleet.PenSettings;
import io.github.penagent.fleet.Reading;
import io.github.penagent.fleet.Slots;
import io.github.penagent.health.Check;
import io.github.penagent.health.CheckHistory;
import io.github.penagent.health.Result;
import io.github.penagent.health.Traffic;
import io.github.penagent.health.TrafficWindow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** One pen's part of a step: takes in what was learnt about it. What follows from that is for {@link Acting}. */
final class PenThinking {
    /** A second change of incarnation within this time may be two pens on one port. */
    private static final Duration RESTLESS = Duration.ofSeconds(60);

    /** What an own lease may still have had when somebody ended it. */
    private static final Duration ENDED_EARLY = Duration.ofSeconds(5);

    /** How far pen's whole seconds and the way there may put an end off. */
    private static final int SLACK_SECONDS = 2;

    private static final long SLACK = Duration.ofSeconds(SLACK_SECONDS).toNanos();

    /** Between two reports of another agent. */
    private static final Duration TWIN_REMINDER = Duration.ofHours(1);

    /** For how long a backend that a person let in again is left in. */
    static final Duration PERSONS_WORD = Duration.ofMinutes(15);

    /** A lease could not be renewed: when to try again. */
    private static final Duration RENEW_RETRY = Duration.ofSeconds(1);

    /** No room was made: when to try again. */
    private static final Duration ROOM_RETRY = Duration.ofSeconds(5);

    /** How many writes pen may contradict before it is left alone, and for how long. */
    private static final int MAX_CONTRADICTIONS = 3;

    /** How many backends that pen does not list are remembered. */
    private static final int MAX_ABSENT = 32;

    private static final Duration DEGRADED = Duration.ofMinutes(15);

    private final Mind mind;
    private final Acting acting;
    private final PenCase pen;

    PenThinking(State state, PenCase pen) {
        this.pen = pen;
        this.mind = new Mind(state, pen);
        this.acting = new Acting(mind);
    }

    State state() {
        return mind.state();
    }

    List<Action> actions() {
        return mind.actions();
    }

    void think() {
        acting.act();
    }

    private long now() {
        return mind.now();
    }

    void hear(Event.Polled polled) {
        pen.tried = polled.state().tried();
        Reading read = polled.state().reading().orElse(null);
        pen.readable = read != null;
        if (read != null) {
            read(read);
        }
        pen.quiet = false;
        think();
    }

    private void read(Reading now) {
        Reading before = pen.reading;
        boolean anew = before == null || before.restarts() != now.restarts();
        if (before == null || !pen.settled) {
            pen.settled = settles(now.sample());
            pen.warmNanos = now() + mind.rules().warmUpNanos();
        }
        if (anew) {
            startedAnew(before != null);
            if (before != null && otherProcess(before, now)) {
                // What had left is back for certain: that it leaves again is no haste.
                pen.ejections = List.of();
            }
        }
        pen.reading = now;
        pen.readNanos = Math.min(now.sample().nanos(), now());
        now.settings().ifPresent(this::learn);
        seat(now.slots());
        observe(now, anew);
    }

    /** pen obeys in the order of arrival, however long it has stood still: what it is asked after the last command tells that it is over. */
    private boolean settles(Observation.Sample sample) {
        long asked = sample.nanos() - sample.took().toNanos();
        return mind.rules()
                .moves()
                .map(moves -> asked - pen.begunNanos >= moves.flight().toNanos())
                .orElse(true);
    }

    private static boolean otherProcess(Reading before, Reading now) {
        return before.processId().isPresent()
                && now.processId().isPresent()
                && !before.processId().equals(now.processId());
    }

    /** pen forgot everything that was written to it. */
    private void startedAnew(boolean knownBefore) {
        for (int i = 0; i < pen.slots.size(); i++) {
            if (pen.slot(i).lease().isPresent()) {
                mind.lost(i, "pen started anew and has forgotten it");
            }
        }
        pen.slots = new ArrayList<>();
        pen.orphan = -1;
        pen.pending = null;
        pen.roomMade = false;
        pen.roomId = -1;
        pen.places = 0;
        pen.roomNanos = Long.MIN_VALUE;
        pen.contradictions = 0;
        if (knownBefore) {
            boolean restless =
                    pen.incarnationNanos != Long.MIN_VALUE && now() - pen.incarnationNanos < RESTLESS.toNanos();
            pen.incarnationNanos = now();
            if (restless) {
                pen.warmNanos = Math.max(pen.warmNanos, now() + mind.rules().warmUpNanos());
            }
        }
    }

    private void learn(PenSettings settings) {
        Balancing balancing = Balancing.of(settings.mode());
        pen.stubborn = balancing.turnsAway();
        pen.byWeight = balancing.byWeight();
        OptionalInt before = pen.blacklistSeconds;
        pen.blacklistSeconds = settings.blacklistSeconds().isPresent() ? settings.blacklistSeconds() : before;
        if (before.isPresent() && !before.equals(pen.blacklistSeconds)) {
            blacklistTimeChanged(pen.blacklistSeconds.getAsInt() - before.getAsInt());
        }
    }

    /**
     * Every blacklist of this pen now ends that much later, or did when it was last written; and some that had ended may be in
     * force again. Our own ones are written anew, which settles their end.
     */
    private void blacklistTimeChanged(int seconds) {
        long moved = Duration.ofSeconds(Math.max(0, seconds)).toNanos();
        if (pen.pending != null && pen.pending.kind() != PenCase.Pending.Kind.RELEASE) {
            pen.pending = pen.pending.later(moved);
        }
        for (int i = 0; i < pen.slots.size(); i++) {
            Optional<Lease> lease = pen.slot(i).lease().filter(l -> !l.dry());
            if (lease.isPresent()) {
                mind.put(i, lease.get().written(lease.get().untilNanos() + moved, now(), false));
            } else if (pen.slot(i).foreignNanos() > now()) {
                pen.slots.set(i, pen.slot(i).foreignUntil(pen.slot(i).foreignNanos() + moved));
            }
        }
        pen.warmNanos = Math.max(pen.warmNanos, now() + mind.rules().warmUpNanos());
        mind.note(
                Decision.Kind.BLACKLIST_TIME,
                -1,
                "pen's blacklist time changed by " + seconds
                        + " s; leases are written anew, and slots that failed before may be avoided again");
    }

    /** Gives each slot of the table its case; one with another backend begins anew. */
    private void seat(Slots slots) {
        for (int i = 0; i < slots.size(); i++) {
            if (i >= pen.slots.size()) {
                pen.slots.add(SlotCase.of(slots.address(i)));
            } else if (!pen.slot(i).address().equals(slots.address(i))) {
                // pen's blacklist stays with the slot.
                long out = pen.slot(i).foreignNanos();
                Optional<Lease> lease = pen.slot(i).lease().filter(l -> !l.dry());
                if (lease.isPresent()) {
                    mind.lost(i, "the slot was given " + shown(slots.address(i)));
                    pen.orphan = i;
                    pen.orphanNanos = lease.get().untilNanos();
                    out = Math.max(out, pen.orphanNanos);
                }
                pen.slots.set(i, SlotCase.of(slots.address(i)).foreignUntil(out));
            }
        }
        while (pen.slots.size() > slots.size()) {
            pen.slots.remove(pen.slots.size() - 1);
        }
        Set<String> there = new HashSet<>();
        pen.slots.forEach(slot -> there.add(slot.address()));
        pen.backends.replaceAll((address, backend) -> there.contains(address) ? backend : backend.absent());
        pen.backends
                .entrySet()
                .removeIf(entry -> !there.contains(entry.getKey())
                        && (pen.backends.size() > there.size() + MAX_ABSENT
                                || !entry.getValue().memorable(now())));
    }

    private static String shown(String address) {
        return address.isEmpty() ? "no backend" : address;
    }

    private void observe(Reading now, boolean anew) {
        long nanos = pen.readNanos;
        Slots before = pen.windowSlots;
        if (anew || before == null) {
            pen.windowSlots = now.slots();
            pen.windowNanos = nanos;
            return;
        }
        boolean brief = nanos - pen.windowNanos < TrafficWindow.MIN.toNanos();
        if (brief && !speaksAgain(before, now.slots())) {
            return;
        }
        TrafficWindow window = new TrafficWindow(before, now.slots(), pen.windowNanos, nanos);
        for (int i = 0; i < pen.slots.size(); i++) {
            SlotCase slot = pen.slot(i);
            boolean absent = slot.lease().isPresent() || slot.failing() || slot.foreignNanos() > now();
            Traffic traffic =
                    slot.traffic().next(window, i, absent, mind.rules().passive());
            pen.slots.set(i, slot.with(keptOut(i, nanos) ? traffic.keptOut(nanos) : traffic));
        }
        pen.windowSlots = now.slots();
        pen.windowNanos = nanos;
    }

    /** Whether pen sent nobody there for a part of the window, so that silence is no wonder. */
    private boolean keptOut(int server, long nanos) {
        SlotCase slot = pen.slot(server);
        boolean out = slot.lease().filter(lease -> !lease.dry()).isPresent() || slot.foreignNanos() > nanos;
        return out || pen.backend(slot.address()).returnedNanos() >= pen.windowNanos;
    }

    /** Whether one that was silent no longer is, which is not to wait for the window's end. */
    private boolean speaksAgain(Slots before, Slots now) {
        for (int i = 0; i < Math.min(before.size(), now.size()); i++) {
            if (pen.slot(i).traffic().contrasts() > 0
                    && before.address(i).equals(now.address(i))
                    && now.received(i) > before.received(i)) {
                return true;
            }
        }
        return false;
    }

    void hear(Event.Checked checked) {
        Optional<Check> check = mind.rules().checks().stream()
                .filter(c -> c.name().equals(checked.check()) && c.covers(pen.name, checked.address()))
                .findFirst();
        boolean listed = pen.slots.stream().anyMatch(slot -> slot.address().equals(checked.address()));
        Result result = checked.result();
        boolean over = result.startedNanos() <= result.endedNanos() && result.endedNanos() <= now();
        if (check.isEmpty() || !listed || !over || checked.address().isEmpty()) {
            return;
        }
        Backend backend = pen.backend(checked.address());
        CheckHistory before = backend.checks().getOrDefault(checked.check(), CheckHistory.NONE);
        CheckHistory after = before.next(checked.result(), check.get().pace());
        pen.backends.put(checked.address(), backend.with(checked.check(), after));
        // Nothing follows for a pen that is at peace.
        if (checked.result() instanceof Result.Good && pen.quiet) {
            return;
        }
        if (checked.result() instanceof Result.Bad && before.bads() == 0) {
            mind.lookCloser();
        }
        pen.quiet = false;
        think();
    }

    /** An alert about a backend that is not there, or is there twice, says nothing. */
    void hear(Alert alert) {
        if (pen.listed(alert.address()) != 1) {
            return;
        }
        pen.backends.put(alert.address(), pen.backend(alert.address()).with(alert, now()));
        if (alert.firing()) {
            mind.lookCloser();
        }
        pen.quiet = false;
        think();
    }

    void hold(String address, Optional<Hold> hold) {
        boolean room = pen.backends.containsKey(address) || pen.backends.size() < pen.slots.size() + MAX_ABSENT;
        if (address.isEmpty() || !room) {
            return;
        }
        long latest = now() + Hold.MAX.toNanos();
        Optional<Hold> bounded =
                hold.map(h -> new Hold(h.kind(), h.owner(), h.reason(), Math.min(h.untilNanos(), latest)));
        pen.backends.put(address, pen.backend(address).with(bounded));
        for (int i = 0; i < pen.slots.size(); i++) {
            if (pen.slot(i).address().equals(address)) {
                mind.note(Decision.Kind.HOLD, i, hold.map(Hold::words).orElse("hold lifted"));
            }
        }
        pen.quiet = false;
        think();
    }

    void hear(Event.Forwards forwards) {
        if (!forwards.forwards()) {
            acting.rescue();
        }
    }

    void hear(Event.Done done) {
        if (done.id() == pen.roomId) {
            boolean made = done.outcome().isMade();
            pen.roomMade = made;
            pen.roomId = -1;
            pen.roomNanos = now() + (made ? 0 : ROOM_RETRY.toNanos());
        }
        PenCase.Pending pending = pen.pending;
        if (pending == null || pending.id() != done.id()) {
            return;
        }
        pen.pending = null;
        if (pending.server() >= pen.slots.size()) {
            return;
        }
        if (pending.kind() == PenCase.Pending.Kind.RELEASE) {
            if (done.outcome().isMade()) {
                pen.slots.set(pending.server(), pen.slot(pending.server()).foreignUntil(Long.MIN_VALUE));
            }
        } else {
            pen.slot(pending.server())
                    .lease()
                    .filter(lease -> lease.id() == done.id())
                    .ifPresent(lease -> settle(pending, lease, done));
        }
        pen.quiet = false;
        think();
    }

    private void settle(PenCase.Pending pending, Lease lease, Event.Done done) {
        int server = pending.server();
        boolean isNew = pending.kind() == PenCase.Pending.Kind.EJECT;
        long seconds = Duration.ofSeconds(pending.seconds()).toNanos();
        switch (done.outcome()) {
            case CONFIRMED, WRITTEN -> {
                count(lease, isNew);
                pen.contradictions = 0;
                long sent = Math.max(pending.sinceNanos(), Math.min(done.sentNanos(), now()));
                boolean confirmed = done.outcome() == WriteOutcome.CONFIRMED;
                long due = pending.laterNanos() > 0 ? now() : sent + seconds / 2;
                mind.put(server, lease.written(sent + seconds + pending.laterNanos(), due, confirmed));
            }
            case UNKNOWN -> {
                count(lease, isNew);
                mind.put(
                        server,
                        lease.written(
                                Math.max(pending.beforeNanos(), now() + seconds + pending.laterNanos()),
                                now() + RENEW_RETRY.toNanos(),
                                false));
            }
            case NOT_WRITTEN, NOT_AUDITED -> {
                if (isNew) {
                    mind.undoEjection(server);
                } else {
                    mind.put(server, lease.unchanged(pending.beforeNanos(), now() + RENEW_RETRY.toNanos()));
                }
            }
            case CONTRADICTED -> {
                pen.counts = pen.counts.verifyFailed();
                if (isNew) {
                    mind.lost(server, "pen shows that it had no effect");
                } else {
                    mind.put(server, lease.unchanged(pending.beforeNanos(), now() + RENEW_RETRY.toNanos()));
                }
                if (++pen.contradictions >= MAX_CONTRADICTIONS) {
                    pen.contradictions = 0;
                    pen.degradedNanos = now() + DEGRADED.toNanos();
                }
            }
            case REPLACED -> {
                pen.counts = pen.counts.verifyFailed();
                mind.lost(server, done.seen());
                pen.orphan = server;
                pen.orphanNanos = now() + seconds;
                pen.slots.set(server, pen.slot(server).foreignUntil(pen.orphanNanos));
                // What was read before says nothing of the slot any more.
                pen.readNanos = Long.MIN_VALUE;
            }
        }
    }

    private void count(Lease lease, boolean isNew) {
        pen.counts = isNew ? pen.counts.ejected(lease.source()) : pen.counts.renewed(lease.source());
    }

    void hear(Event.StatusRead read) {
        if (read.incarnation() != pen.incarnation() || pen.reading == null) {
            return;
        }
        pen.clockOffset = read.clockOffsetSeconds();
        int foreign = 0;
        for (int i = 0; i < pen.slots.size(); i++) {
            int left = read.secondsLeft().getOrDefault(i, 0);
            SlotCase slot = pen.slot(i);
            boolean waiting = pen.pending != null && pen.pending.server() == i;
            if (waiting) {
                continue;
            }
            Optional<Lease> own = slot.lease().filter(lease -> !lease.dry());
            long ownLeft = own.map(lease -> lease.untilNanos() - now()).orElse(0L);
            boolean theirs = left > 0 && left > ownLeft / 1e9 + SLACK_SECONDS;
            if (theirs && slot.foreignNanos() > now() && now() + left * 1_000_000_000L > slot.foreignNanos() + SLACK) {
                renewedByOthers(i);
            }
            boolean out = theirs || (left > 0 && own.isEmpty());
            pen.slots.set(
                    i, slot.foreignUntil(out ? now() + Duration.ofSeconds(left).toNanos() : Long.MIN_VALUE));
            foreign += theirs ? 1 : 0;
            if (own.isPresent() && left <= 0 && ownLeft > ENDED_EARLY.toNanos()) {
                if (own.get().confirmed()) {
                    letInByPerson(i);
                } else {
                    mind.lost(i, "pen does not show it");
                }
            }
        }
        pen.foreign = OptionalInt.of(foreign);
        pen.quiet = false;
        think();
    }

    /** People write a blacklist once; what keeps one up is a program. */
    private void renewedByOthers(int server) {
        if (pen.twinNanos == Long.MIN_VALUE || now() - pen.twinNanos >= TWIN_REMINDER.toNanos()) {
            pen.twinNanos = now();
            mind.note(
                    Decision.Kind.TWIN,
                    server,
                    "somebody else keeps renewing a blacklist: another agent that this one was not told of, or penbw");
        }
    }

    private void letInByPerson(int server) {
        String address = pen.slot(server).address();
        mind.lost(server, "somebody has ended it");
        Hold hold = new Hold(
                Hold.Kind.KEEP_IN,
                "somebody at the control port",
                "it was let in again while this agent kept it out",
                now() + PERSONS_WORD.toNanos());
        pen.backends.put(address, pen.backend(address).with(Optional.of(hold)));
        mind.note(Decision.Kind.HOLD, server, "let in by somebody else: left in for 15 minutes");
    }
}
