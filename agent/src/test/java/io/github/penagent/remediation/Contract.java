package io.github.penagent.remediation;

import io.github.penagent.fleet.Slots;
import io.github.penagent.health.Cause;
import io.github.penagent.health.Check;
import io.github.penagent.health.Result;
import io.github.penagent.remediation.guard.Basis;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.IntPredicate;

/**
 * What the core owes, checked after every step by somebody who reads only what it was told and what it answered: naive, slow, and
 * without any of the core's own arithmetic. Of the core's state it takes how well founded a lease is said to be, and then asks
 * whether that is so.
 *
 * <p>Safety:
 *
 * <ul>
 *   <li>S1 Leases on the word of checks and alerts are at most max(1, floor(N x max-out)) of N usable backends, none of one; with
 *       several agents each has its share by index. Together with those that pen's counters agree with, one agent has at most its
 *       share of N - 1. What has not ended in pen counts, whatever was told about it.
 *   <li>S2 Who leaves on such a word leaves max(1, ceil(N x min-healthy)) others in service whose checks succeeded since the first
 *       sign; who leaves with the counters agreeing, one such other that carries traffic.
 *   <li>S3 From three pens on, leases on such a word are at most max(1, 20 %) of all backends.
 *   <li>S4 Every command names the address that is at this number in a reading of this run of pen, at most 1 s old.
 *   <li>S5 The number lies within that reading, and the seconds are those of the settings, 2 to 300.
 *   <li>S6 Nothing is written unless this pen is in enforce, warm, audited, not killed and the backend not held.
 *   <li>S7 One new lease on such a word per pen in 10 s, three per minute on all.
 *   <li>S8 While too many look failing, no lease on such a word is begun or renewed; while the agent cannot see (it slept, no witness
 *       answers, pen cannot be read), none at all.
 *   <li>S9 Every lease has evidence that is fresh: {@code fall} failures in a row, an alert that fires, a person's word; every renewal
 *       too, or a hold-down of a relapse of at most 360 s while the backend is well. What is called corroborated is what pen's
 *       counters agree with.
 *   <li>S10 A backend leaves and comes back at most five times in 10 minutes by our doing.
 *   <li>S11 Results that say nothing of the backend never count.
 *   <li>S12 When many begin to fail together, panic is on before a second one leaves.
 *   <li>S13 Only an own lease, or what is left of one on a slot that was given another backend, is ended.
 *   <li>S14, S15 Alerts may come twice, late or in another order; none that is resolved, unknown or malformed takes anybody out.
 *   <li>S16 What a person let in again stays in for 15 minutes; who is kept in stays in.
 *   <li>S18 A command of unknown outcome counts as out.
 *   <li>S20 Another run of pen or another backend ends what is known of a lease; another blacklist time leaves its end open,
 *       until it is written anew.
 *   <li>S21 What failed before or while we slept is no evidence.
 *   <li>S22 There is an answer for every event, the same each time; what is remembered is bounded by the slots.
 *   <li>S23 Every write carries its permit and the decision that goes into the record; one is under way per pen.
 *   <li>S24 Less than enforce ends renewals at once.
 * </ul>
 *
 * <p>Liveness, in {@link CoreLivenessTest}: L2 who fails alone leaves in time; L3 and comes back in time; L4 panic ends; L5 holds,
 * alerts and foreign marks end; L7 a lease lost by a restart is made again; L8 the caps leave room for one.
 *
 * <p>S17, S19, S25, L1 and L6 are not the core's alone and are tested where they belong.
 */
final class Contract {
    private static final long SECOND = 1_000_000_000L;

    /** What was told about one alert; resolved is final for a spell. */
    private record Spell(long startsAt, boolean firing, boolean alone, long since, long until) {}

    /** A lease as it would be seen by somebody who believes the answers. */
    private record Held(long id, String address, Basis basis, long from, long until) {
        Held endingAt(long end) {
            return new Held(id, address, basis, from, end);
        }
    }

    /** What is known of one pen. */
    private static final class Known {
        boolean readable;
        boolean stubborn;
        int blacklistSeconds;
        long readNanos;
        long run = -1;
        long firstReadNanos = Long.MIN_VALUE;
        List<String> table = List.of();
        boolean[] usable = {};
        long[] received = {};
        long[] movedNanos = {};
        long[] outNanos = {};
        final Map<String, List<Result>> results = new HashMap<>();
        final Map<String, Map<String, Spell>> alerts = new HashMap<>();
        final Map<Integer, Held> leases = new HashMap<>();
        final Map<Integer, Long> foreign = new HashMap<>();
        final Set<Integer> left = new HashSet<>();
        final Map<String, List<Long>> comings = new HashMap<>();
        final List<Long> asserted = new ArrayList<>();
        boolean panic;
        long pendingId = -1;
        boolean pendingNew;
        int pendingSlot;
        int pendingSeconds;
        long pendingLater;
        int endingSlot = -1;
        long changedNanos = Long.MIN_VALUE;
        OptionalInt processId = OptionalInt.empty();
        Held renewed = new Held(0, "", Basis.ASSERTED, 0, Long.MIN_VALUE);
        long pendingNanos;
    }

    private final Map<String, Known> pens = new HashMap<>();

    /** By pen and address, whether or not the pen is watched. */
    private final Map<String, Map<String, Hold>> holds = new HashMap<>();

    private final List<Long> asserted = new ArrayList<>();
    private Rules rules;
    private boolean witnessed = true;
    private boolean killed;
    private boolean audited = true;
    private long now = Long.MIN_VALUE;
    private long blindUntil = Long.MIN_VALUE;
    private long awakeNanos = Long.MIN_VALUE;
    private long lastId;

    Contract(Rules rules) {
        this.rules = rules;
    }

    void check(State before, Event event, Step step) {
        long last = now == Long.MIN_VALUE ? before.fleet.nanos() : now;
        now = Math.max(last, event.nanos());
        if (now - last > SECOND) {
            awakeNanos = now;
            blindUntil = now + 5 * SECOND;
            pens.values().forEach(pen -> {
                pen.results.values().forEach(list -> {
                    if (!list.isEmpty() && (list.get(list.size() - 1) instanceof Result.Bad || down(list))) {
                        list.clear();
                    }
                });
            });
        }
        learn(event);
        for (Known pen : pens.values()) {
            pen.leases.entrySet().removeIf(entry -> {
                boolean waiting = pen.pendingId == entry.getValue().id() && now - pen.pendingNanos <= 15 * SECOND;
                boolean over = entry.getValue().until() <= now && !waiting;
                if (over) {
                    came(pen, entry.getValue());
                }
                return over;
            });
        }
        // A panic counts from where it is declared, even within a step.
        for (Action action : step.actions()) {
            judge(before, step.state(), action);
        }
        bounded(step.state());
    }

    private void came(Known pen, Held lease) {
        if (lease.basis() != Basis.PERSON) {
            pen.comings.computeIfAbsent(lease.address(), a -> new ArrayList<>()).add(now);
        }
    }

    // What is told.

    private void learn(Event event) {
        if (event instanceof Event.Polled polled
                && rules.pens().contains(polled.state().name())) {
            learn(pens.computeIfAbsent(polled.state().name(), n -> new Known()), polled);
        } else if (event instanceof Event.Checked checked) {
            Known pen = pens.get(checked.pen());
            Result result = checked.result();
            boolean sane = result.startedNanos() <= result.endedNanos() && result.endedNanos() <= now;
            boolean mine = result instanceof Result.Bad && result.startedNanos() <= awakeNanos;
            if (pen != null && pen.table.contains(checked.address()) && sane && !mine) {
                note(pen.results.computeIfAbsent(checked.address(), a -> new ArrayList<>()), result, checked.check());
            }
        } else if (event instanceof Event.Alerted alerted) {
            learn(alerted.alert());
        } else if (event instanceof Event.Held held) {
            holds.computeIfAbsent(held.pen(), pen -> new HashMap<>()).put(held.address(), held.hold());
        } else if (event instanceof Event.Unheld unheld) {
            holds.getOrDefault(unheld.pen(), new HashMap<>()).remove(unheld.address());
        } else if (event instanceof Event.KillSwitch kill) {
            killed = kill.on();
        } else if (event instanceof Event.Audit audit) {
            audited = audit.works();
        } else if (event instanceof Event.Witnessed seen) {
            witnessed = seen.reachable();
        } else if (event instanceof Event.Configured configured) {
            rules = configured.rules();
            pens.keySet().retainAll(rules.pens());
        } else if (event instanceof Event.StatusRead read) {
            find(read.pen()).ifPresent(pen -> learn(pen, read));
        } else if (event instanceof Event.Done done) {
            audited &= done.outcome() != WriteOutcome.NOT_AUDITED;
            find(done.pen()).ifPresent(pen -> learn(pen, done));
        }
    }

    private Optional<Known> find(String pen) {
        return Optional.ofNullable(pens.get(pen));
    }

    private void note(List<Result> list, Result result, String check) {
        boolean configured = rules.checks().stream().anyMatch(c -> c.name().equals(check));
        if (configured && !(result instanceof Result.Unknown)) {
            list.add(result);
        }
    }

    private void learn(Known pen, Event.Polled polled) {
        pen.readable = polled.state().reading().isPresent();
        if (!pen.readable) {
            return;
        }
        var reading = polled.state().reading().orElseThrow();
        Slots slots = reading.slots();
        boolean anew = pen.run != reading.restarts();
        if (pen.firstReadNanos == Long.MIN_VALUE) {
            pen.firstReadNanos = now;
        }
        if (anew) {
            pen.leases.clear();
            pen.left.clear();
            pen.foreign.clear();
            if (!reading.processId().equals(pen.processId)) {
                pen.asserted.clear();
            }
            pen.pendingId = -1;
        }
        int blacklistSeconds =
                reading.settings().map(s -> s.blacklistSeconds().orElse(0)).orElse(pen.blacklistSeconds);
        if (!anew && blacklistSeconds != pen.blacklistSeconds) {
            long later = Math.max(0, blacklistSeconds - pen.blacklistSeconds) * SECOND;
            pen.leases.replaceAll((server, lease) -> lease.endingAt(lease.until() + later));
            pen.renewed = pen.renewed.endingAt(pen.renewed.until() + later);
            pen.pendingLater += later;
        }
        pen.blacklistSeconds = blacklistSeconds;
        pen.run = reading.restarts();
        pen.processId = reading.processId();
        pen.readNanos = Math.min(now, reading.sample().nanos());
        String mode = reading.settings().map(s -> s.mode()).orElse("");
        pen.stubborn = mode.contains("stubborn") && !mode.contains("no stubborn") && mode.contains("no roundrobin");
        boolean weights = mode.contains("weight") && !mode.contains("no weight");
        List<String> table = new ArrayList<>();
        boolean[] usable = new boolean[slots.size()];
        long[] received = new long[slots.size()];
        long[] moved = new long[slots.size()];
        long[] out = new long[slots.size()];
        for (int i = 0; i < slots.size(); i++) {
            table.add(slots.address(i));
            usable[i] = !slots.address(i).isEmpty()
                    && !slots.address(i).endsWith(":0")
                    && !(weights && slots.weight(i) == 0);
            received[i] = slots.received(i);
            boolean same = !anew && i < pen.table.size() && pen.table.get(i).equals(table.get(i));
            moved[i] = !same ? Long.MIN_VALUE : received[i] > pen.received[i] ? now : pen.movedNanos[i];
            out[i] = i < pen.outNanos.length ? pen.outNanos[i] : now - 2 * SECOND;
            Held lease = pen.leases.get(i);
            boolean unsent = lease != null && pen.pendingNew && lease.id() == pen.pendingId;
            if (lease != null && !unsent) {
                out[i] = now;
            }
            if (!same && !anew && pen.leases.containsKey(i)) {
                pen.leases.remove(i);
                pen.left.add(i);
            }
        }
        pen.leases.keySet().removeIf(i -> i >= slots.size());
        pen.changedNanos = table.equals(pen.table) ? pen.changedNanos : now;
        pen.table = table;
        pen.usable = usable;
        pen.received = received;
        pen.movedNanos = moved;
        pen.outNanos = out;
        Set<String> there = Set.copyOf(table);
        pen.results.keySet().retainAll(there);
        pen.alerts.keySet().retainAll(there);
    }

    private void learn(Alert alert) {
        Known pen = pens.get(alert.pen());
        if (pen == null || Collections.frequency(pen.table, alert.address()) != 1) {
            return;
        }
        Map<String, Spell> known = pen.alerts.computeIfAbsent(alert.address(), a -> new HashMap<>());
        Spell unknown = new Spell(Long.MIN_VALUE, false, false, now, Long.MIN_VALUE);
        Spell before = known.getOrDefault(alert.fingerprint(), unknown);
        if (before.until() <= now) {
            before = unknown;
        }
        boolean earlier = before.startsAt() > alert.startsAtMillis();
        boolean later = before.startsAt() < alert.startsAtMillis();
        boolean incredible = before.equals(unknown) && alert.firing() && alert.old();
        long until = now + (alert.firing() ? alert.ttlNanos() : 24 * 3_600 * SECOND);
        if ((later && !incredible) || (!alert.firing() && !earlier)) {
            known.put(
                    alert.fingerprint(), new Spell(alert.startsAtMillis(), alert.firing(), alert.alone(), now, until));
        } else if (!later
                && alert.firing()
                && before.firing()
                && before.startsAt() - alert.startsAtMillis() <= 300_000) {
            known.put(
                    alert.fingerprint(),
                    new Spell(
                            alert.startsAtMillis(),
                            true,
                            alert.alone(),
                            before.since(),
                            Math.max(before.until(), until)));
        }
    }

    private void learn(Known pen, Event.StatusRead read) {
        if (read.incarnation() != pen.run) {
            return;
        }
        pen.foreign.clear();
        // What pen shows not to be there is not there.
        pen.leases
                .entrySet()
                .removeIf(entry -> read.secondsLeft().getOrDefault(entry.getKey(), 0) <= 0
                        && entry.getValue().until() - now > 5 * SECOND
                        && entry.getValue().id() != pen.pendingId);
        read.secondsLeft().forEach((slot, left) -> {
            Held own = pen.leases.get(slot);
            boolean ending = pen.pendingId >= 0 && pen.endingSlot == slot;
            if (left > 0 && own == null && !pen.left.contains(slot) && !ending) {
                pen.foreign.put(slot, now + left * SECOND);
            }
        });
    }

    private void learn(Known pen, Event.Done done) {
        if (pen.pendingId != done.id()) {
            return;
        }
        boolean nothing = done.outcome() == WriteOutcome.NOT_WRITTEN || done.outcome() == WriteOutcome.NOT_AUDITED;
        pen.leases.entrySet().removeIf(entry -> {
            Held lease = entry.getValue();
            boolean gone = lease.id() == done.id()
                    && pen.pendingNew
                    && (nothing || done.outcome() == WriteOutcome.CONTRADICTED);
            if (gone && nothing) {
                List<Long> comings = pen.comings.getOrDefault(lease.address(), new ArrayList<>());
                comings.remove(lease.from());
            }
            return gone;
        });
        boolean sent = done.outcome() == WriteOutcome.CONFIRMED || done.outcome() == WriteOutcome.WRITTEN;
        if (sent) {
            pen.leases.computeIfPresent(
                    pen.pendingSlot,
                    (slot, lease) -> lease.id() == done.id()
                            ? lease.endingAt(Math.min(
                                    lease.until(), done.sentNanos() + pen.pendingSeconds * SECOND + pen.pendingLater))
                            : lease);
        }
        if (done.outcome() == WriteOutcome.UNKNOWN) {
            long before = pen.pendingNew ? now : pen.renewed.until();
            pen.leases.computeIfPresent(
                    pen.pendingSlot,
                    (slot, lease) -> lease.id() == done.id()
                            ? lease.endingAt(Math.max(before, now + pen.pendingSeconds * SECOND + pen.pendingLater))
                            : lease);
        }
        boolean unchanged = nothing || done.outcome() == WriteOutcome.CONTRADICTED;
        if (unchanged && !pen.pendingNew) {
            pen.leases.computeIfPresent(
                    pen.pendingSlot, (slot, lease) -> lease.id() == done.id() ? pen.renewed : lease);
        }
        pen.pendingId = -1;
    }

    // What is owed.

    private void judge(State before, State after, Action action) {
        if (action instanceof Action.Note note) {
            ids(note.decision());
            Known pen = pens.get(note.decision().pen());
            if (pen != null && note.decision().kind() == Decision.Kind.PANIC) {
                pen.panic = true;
            } else if (pen != null && note.decision().kind() == Decision.Kind.CALM) {
                pen.panic = false;
            }
        } else if (action instanceof Action.Eject eject) {
            ids(eject.decision());
            write(before, after, eject);
        } else if (action instanceof Action.Release release) {
            ids(release.decision());
            Known pen = known(release.permit(), release.decision());
            int slot = release.permit().slot().server();
            owes(release.permit().seconds() == 0, "S13 a release ends a lease");
            owes(pen.leases.containsKey(slot) || pen.left.contains(slot), "S13 only what is ours is ended");
            Held lease = pen.leases.remove(slot);
            if (lease != null) {
                came(pen, lease);
            }
            pen.endingSlot = slot;
            pen.left.remove(slot);
        } else if (action instanceof Action.RaisePending raise) {
            ids(raise.decision());
            owes(enforcing(raise.pen()), "S6 room is made in enforce only");
        }
    }

    private void ids(Decision decision) {
        owes(decision.id() > lastId, "S23 ids grow");
        lastId = decision.id();
    }

    private Known known(Permit permit, Decision decision) {
        SlotKey slot = permit.slot();
        Known pen = find(slot.pen()).orElseThrow(() -> broken("S4 a pen that was never read"));
        owes(decision.id() == permit.id() && decision.permitted(), "S23 the permit is the decision's");
        owes(decision.guards().stream().allMatch(a -> a.passes()), "S23 every guard has agreed");
        owes(pen.pendingId < 0 || now - pen.pendingNanos > 15 * SECOND, "S23 one command is under way");
        owes(pen.readable && now - pen.readNanos <= SECOND, "S4 read within a second");
        owes(slot.server() >= 0 && slot.server() < pen.table.size(), "S5 the number is in the table");
        owes(pen.table.get(slot.server()).equals(slot.address()), "S4 the address is the one that was read");
        owes(slot.incarnation() == pen.run, "S4 the run is the present one");
        owes(enforcing(slot.pen()), "S6 this pen is enforced upon");
        owes(permit.expiresNanos() >= now && permit.expiresNanos() <= now + 2 * SECOND, "S4 a permit is short");
        pen.pendingId = permit.id();
        pen.pendingNanos = now;
        return pen;
    }

    private boolean enforcing(String pen) {
        boolean asked = rules.settings().mode() == Mode.ENFORCE
                && rules.settings().pens().get(pen) == Mode.ENFORCE;
        return asked && !killed && audited;
    }

    private void write(State before, State after, Action.Eject eject) {
        SlotKey key = eject.permit().slot();
        Known pen = known(eject.permit(), eject.decision());
        RemediationSettings settings = rules.settings();
        int slot = key.server();
        boolean isNew = eject.decision().kind() == Decision.Kind.EJECT;
        owes(eject.permit().seconds() == settings.leaseSeconds(), "S5 the seconds are the settings'");
        owes(pen.usable[slot], "S4 pen uses the slot");
        owes(!pen.stubborn, "S6 pen moves clients");
        owes(witnessed && now >= blindUntil, "S8 we can see");
        Optional<Hold.Kind> hold = Optional.ofNullable(
                        holds.getOrDefault(key.pen(), Map.of()).get(key.address()))
                .filter(h -> h.untilNanos() > now)
                .map(Hold::kind);
        owes(hold.orElse(Hold.Kind.KEEP_OUT) == Hold.Kind.KEEP_OUT, "S16 a person said otherwise");
        Lease lease = after.find(key.pen())
                .flatMap(p -> p.slot(slot).lease())
                .orElseThrow(() -> broken("S18 what is written counts as out"));
        owes(pen.foreign.getOrDefault(slot, Long.MIN_VALUE) <= now, "S13 what others wrote is left alone");
        Evidence evidence = new Evidence(pen, slot);
        boolean person = hold.equals(Optional.of(Hold.Kind.KEEP_OUT));
        if (lease.basis() == Basis.ASSERTED) {
            owes(!pen.panic, "S8 panic forbids what only we say");
            owes(2 * surelyFailing(pen) <= count(pen, i -> true), "S12 too many look failing");
        }
        if (isNew) {
            begin(before, pen, key, lease, evidence, person);
        } else {
            Held own = Optional.ofNullable(pen.leases.get(slot))
                    .filter(l -> l.address().equals(key.address()))
                    .orElseThrow(() -> broken("S9 a lease that ended is not renewed"));
            boolean heldDown = lease.holdDownNanos() > now && now - own.from() <= 360 * SECOND && evidence.good();
            owes(heldDown || person || evidence.renewable(), "S9 a renewal has fresh evidence");
        }
        Held known = pen.leases.get(slot);
        long from = isNew || known == null ? now : known.from();
        long latest = eject.permit().expiresNanos() + eject.permit().seconds() * SECOND;
        long until = isNew || known == null ? latest : Math.max(known.until(), latest);
        pen.pendingNew = isNew;
        pen.pendingSlot = slot;
        pen.pendingSeconds = eject.permit().seconds();
        pen.endingSlot = -1;
        pen.pendingLater = 0;
        pen.renewed = known == null ? pen.renewed : known;
        pen.leases.put(slot, new Held(eject.permit().id(), key.address(), lease.basis(), from, until));
    }

    private void begin(State before, Known pen, SlotKey key, Lease lease, Evidence evidence, boolean person) {
        RemediationSettings settings = rules.settings();
        int slot = key.server();
        int n = count(pen, i -> true);
        int cap = n < 2 ? 0 : Math.max(1, (int) Math.floor(n * settings.maxOut() + 1e-9));
        owes(now - pen.firstReadNanos >= settings.warmUp().toNanos(), "S6 the warm-up is over");
        int own = pen.leases.size() + (pen.leases.containsKey(slot) ? 0 : 1);
        owes(own <= share(n - 1), "S1 the share of all but one");
        long sign = Long.MIN_VALUE;
        boolean counters = lease.basis() == Basis.CORROBORATED;
        switch (lease.basis()) {
            case PERSON -> owes(person, "S9 a person said so");
            case ASSERTED, CORROBORATED -> {
                owes(
                        counters ? evidence.fallen() || evidence.surely() : evidence.ejectable(),
                        "S9 there is enough evidence");
                sign = evidence.firstSign();
            }
        }
        if (counters) {
            owes(evidence.countersAgree(), "S9 pen's counters agree");
        }
        long since = sign;
        int good = others(pen, slot, i -> new Evidence(pen, i).goodSince(since));
        owes(good >= 1, "S2 another one is healthy");
        if (counters) {
            long still = pen.movedNanos[slot];
            owes(
                    others(pen, slot, i -> new Evidence(pen, i).goodSince(since) && pen.movedNanos[i] > still) >= 1,
                    "S2 another one carries traffic");
        }
        if (lease.basis() == Basis.ASSERTED) {
            long asserted = pen.leases.values().stream()
                            .filter(l -> l.basis() == Basis.ASSERTED)
                            .count()
                    + 1;
            owes(asserted <= share(cap), "S1 the share of the cap");
            owes(good >= Math.max(1, (int) Math.ceil(n * settings.minHealthy() - 1e-9)), "S2 enough are healthy");
            rate(pen);
            everywhere();
        }
        if (lease.basis() != Basis.PERSON) {
            List<Long> comings = pen.comings.computeIfAbsent(key.address(), a -> new ArrayList<>());
            comings.removeIf(at -> now - at >= 600 * SECOND);
            comings.add(now);
            owes(comings.size() <= 4, "S10 out and back five times: " + comings.size());
        }
        owes(before.find(key.pen()).isPresent(), "S4 a configured pen");
    }

    private void rate(Known pen) {
        pen.asserted.removeIf(at -> now - at >= 10 * SECOND);
        asserted.removeIf(at -> now - at >= 60 * SECOND);
        owes(pen.asserted.isEmpty(), "S7 one in 10 s on a pen");
        owes(asserted.size() < 3, "S7 three in a minute");
        pen.asserted.add(now);
        asserted.add(now);
    }

    private void everywhere() {
        int slots = 0;
        int out = 1;
        int read = 0;
        for (Known other : pens.values()) {
            slots += count(other, i -> true);
            read += other.readable ? 1 : 0;
            out += (int) other.leases.values().stream()
                    .filter(l -> l.basis() == Basis.ASSERTED)
                    .count();
        }
        owes(read < 3 || out <= Math.max(1, slots / 5), "S3 the cap over all pens");
    }

    private int share(int whole) {
        int agents = rules.settings().agents();
        int mine = 0;
        for (int i = 0; i < whole; i++) {
            mine += i % agents == rules.settings().index() ? 1 : 0;
        }
        return mine;
    }

    /** Failing by what only we say, counted so low that nobody could count fewer. */
    private int surelyFailing(Known pen) {
        return count(pen, i -> {
            Held lease = pen.leases.get(i);
            boolean agreed = lease != null && lease.basis() == Basis.CORROBORATED;
            boolean moving = lease == null && now - pen.movedNanos[i] < SECOND / 2 && pen.movedNanos[i] <= now;
            return !agreed && (lease != null || moving) && new Evidence(pen, i).surely();
        });
    }

    private static int count(Known pen, IntPredicate which) {
        int n = 0;
        for (int i = 0; i < pen.usable.length; i++) {
            n += pen.usable[i] && which.test(i) ? 1 : 0;
        }
        return n;
    }

    private int others(Known pen, int slot, IntPredicate which) {
        return count(
                pen,
                i -> i != slot
                        && !pen.leases.containsKey(i)
                        && pen.foreign.getOrDefault(i, Long.MIN_VALUE) <= now
                        && which.test(i));
    }

    private boolean down(List<Result> results) {
        Check check = rules.checks().get(0);
        boolean down = false;
        int bads = 0;
        int goods = 0;
        long since = 0;
        boolean refused = true;
        for (Result result : results) {
            if (result instanceof Result.Bad bad) {
                since = bads == 0 ? bad.startedNanos() : since;
                refused = (bads == 0 || refused) && bad.cause() == Cause.REFUSED;
                bads++;
                goods = 0;
                down |= bads >= check.pace().fall() && (refused || bad.endedNanos() - since >= 5 * SECOND);
            } else {
                goods++;
                bads = 0;
                down &= goods < check.pace().rise();
            }
        }
        return down;
    }

    /** What speaks for and against one slot's backend; there is one check. */
    private final class Evidence {
        private final Known pen;
        private final int slot;
        private final List<Result> results;
        private final long valid = 2 * rules.checks().get(0).pace().interval().toNanos()
                + rules.checks().get(0).pace().timeout().toNanos();

        Evidence(Known pen, int slot) {
            this.pen = pen;
            this.slot = slot;
            this.results = pen.results.getOrDefault(pen.table.get(slot), List.of());
        }

        private boolean fresh() {
            return !results.isEmpty() && now - results.get(results.size() - 1).endedNanos() <= valid;
        }

        private int bads() {
            int n = 0;
            while (n < results.size() && results.get(results.size() - 1 - n) instanceof Result.Bad) {
                n++;
            }
            return fresh() ? n : 0;
        }

        boolean fallen() {
            return bads() >= rules.checks().get(0).pace().fall();
        }

        private List<Spell> firing() {
            return pen.alerts.getOrDefault(pen.table.get(slot), Map.of()).values().stream()
                    .filter(spell -> spell.firing() && spell.until() > now)
                    .toList();
        }

        private boolean alone() {
            return firing().stream().anyMatch(Spell::alone);
        }

        boolean ejectable() {
            boolean still = !firing().isEmpty() && pen.movedNanos[slot] < now;
            return surely() || still;
        }

        /** Without what only the counters say. */
        boolean surely() {
            return (bads() > 0 && down(results)) || alone() || (!firing().isEmpty() && fallen());
        }

        boolean renewable() {
            return (fresh() && down(results)) || fallen() || alone();
        }

        boolean good() {
            return fresh() && results.get(results.size() - 1) instanceof Result.Good;
        }

        boolean goodSince(long sign) {
            return good() && !down(results) && results.get(results.size() - 1).startedNanos() > sign;
        }

        long firstSign() {
            long sign = Long.MAX_VALUE;
            for (Spell spell : firing()) {
                sign = Math.min(sign, spell.since());
            }
            return bads() > 0 && (down(results) || fallen())
                    ? results.get(results.size() - bads()).startedNanos()
                    : sign;
        }

        boolean countersAgree() {
            long still = pen.movedNanos[slot];
            boolean others = count(pen, i -> i != slot && pen.movedNanos[i] > still) > 0;
            return others && now - still > SECOND && now - pen.outNanos[slot] > SECOND;
        }
    }

    /** A command has reached a pen. */
    void written(SimPen pen, long nanos, boolean newAndAsserted) {
        int n = pen.usable();
        List<String> present = pen.places.stream().map(place -> place.address).toList();
        // Nobody can help it if a person takes the last one away while the command is on its way.
        boolean asRead = find(pen.name)
                .filter(known -> known.table.equals(present) && known.changedNanos < known.pendingNanos)
                .isPresent();
        owes(n == 0 || !asRead || pen.outByAgents(nanos) < n, "S1 pen is never emptied");
        int cap = Math.max(1, (int) Math.floor(n * rules.settings().maxOut() + 1e-9));
        owes(!newAndAsserted || !asRead || pen.assertedOut(nanos) <= cap, "S1 the cap holds in pen, too");
    }

    private void bounded(State state) {
        for (PenCase pen : state.pens()) {
            int size = pen.table().map(Slots::size).orElse(0);
            owes(pen.slots.size() == size, "S22 a case for each slot");
            owes(pen.backends.size() <= size + 64, "S22 backends are bounded");
            owes(pen.ejections.size() <= 8, "S22 ejections are bounded");
            for (Backend backend : pen.backends.values()) {
                owes(backend.alerts().size() <= 32 && backend.comings().size() <= 10, "S22 a backend is bounded");
            }
            for (int i = 0; i < pen.slots.size(); i++) {
                int slot = i;
                String address = pen.slot(i).address();
                pen.slot(i)
                        .lease()
                        .ifPresent(lease -> owes(
                                lease.slot().incarnation() == pen.incarnation()
                                        && lease.slot().server() == slot
                                        && lease.slot().address().equals(address),
                                "S20 a lease is of this run, slot and backend"));
            }
        }
        owes(state.fleet.ejections().size() <= 8, "S22 ejections are bounded");
    }

    private static void owes(boolean kept, String what) {
        if (!kept) {
            throw broken(what);
        }
    }

    private static AssertionError broken(String what) {
        return new AssertionError(what);
    }
}
