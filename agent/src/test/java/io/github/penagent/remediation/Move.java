package io.github.penagent.remediation;

import io.github.penagent.health.Cause;
import io.github.penagent.health.Result;
import io.github.penagent.remediation.SimPen.Ill;
import io.github.penagent.remediation.SimPen.Place;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Random;

/** One thing that happens in a random run. It says which pen and slot by numbers that are always taken to be ones there are. */
record Move(Kind kind, int pen, int slot, int more) {

    /** With how often each happens. */
    enum Kind {
        ROUND(100),
        ROUNDS(24),
        PASS(5),
        SLEEP(1),
        SICKEN(18),
        SICKEN_MANY(1),
        HEAL(5),
        HEAL_ALL(4),
        CUT(1),
        MEND(2),
        FATE(6),
        RESTART(1),
        GROW(1),
        SHRINK(1),
        POINT(2),
        COUNTS_BACK(1),
        UNREADABLE(1),
        READABLE(3),
        BLACKLIST_TIME(1),
        PICK(1),
        WEIGHT(1),
        STATUS(6),
        PERSON_LETS_IN(1),
        PERSON_SHUTS_OUT(1),
        ALERT(8),
        HOLD(2),
        UNHOLD(2),
        KILL(1),
        UNKILL(4),
        AUDIT(1),
        AUDIT_AGAIN(3),
        WITNESS(1),
        WITNESS_AGAIN(4),
        CONFIGURE(1),
        FORWARDS(1),
        NONSENSE(4);

        private final int weight;

        Kind(int weight) {
            this.weight = weight;
        }
    }

    private static final int WEIGHTS =
            List.of(Kind.values()).stream().mapToInt(k -> k.weight).sum();

    static Move random(Random random) {
        int at = random.nextInt(WEIGHTS);
        for (Kind kind : Kind.values()) {
            at -= kind.weight;
            if (at < 0) {
                return new Move(kind, random.nextInt(4), random.nextInt(8), random.nextInt(1_000));
            }
        }
        throw new AssertionError();
    }

    /** A sequence's beginning, drawn from its first number: how many pens and slots, and which settings. */
    static Sim world(Random random) {
        int count = random.nextInt(5) < 3 ? 1 : 1 + random.nextInt(4);
        SimPen[] pens = new SimPen[count];
        String[] names = new String[count];
        for (int i = 0; i < count; i++) {
            names[i] = "pen" + i;
            pens[i] = new SimPen(names[i], random.nextInt(12) == 0 ? random.nextInt(2) : 2 + random.nextInt(7));
            pens[i].showsStatus = random.nextBoolean();
        }
        Mode mode = random.nextInt(8) == 0 ? Mode.DRY_RUN : Mode.ENFORCE;
        int agents = random.nextInt(4) == 0 ? 2 : 1;
        RemediationSettings settings = Sim.settings(mode, agents, random.nextInt(agents), names);
        long origin =
                List.of(0L, 1_000 * Sim.SECOND, -500 * Sim.SECOND, 1L << 60).get(random.nextInt(4));
        Sim sim = new Sim(Sim.rules(settings, names), origin, pens);
        return sim;
    }

    void happen(Sim sim) {
        SimPen which = sim.pens.get(pen % sim.pens.size());
        int at = which.places.isEmpty() ? -1 : slot % which.places.size();
        Place place = at < 0 ? new Place("") : which.places.get(at);
        switch (kind) {
            case ROUND -> sim.round(100 + more % 800);
            case ROUNDS -> sim.rounds(1 + more % 10, 600);
            case PASS -> pass(sim, 2 + more % 30);
            case SLEEP -> sim.now += (1_100 + more * 20) * Sim.MILLI;
            case SICKEN -> place.ill = List.of(Ill.values()).get(1 + (more % 7 < 4 ? 0 : more % 3 + 1));
            case SICKEN_MANY -> which.places.forEach(p -> p.ill = more % 3 == 0 ? Ill.SILENT : Ill.REFUSED);
            case HEAL -> place.ill = Ill.NOT;
            case HEAL_ALL -> sim.pens.forEach(p -> p.places.forEach(one -> one.ill = Ill.NOT));
            case CUT -> sim.cut = true;
            case MEND -> sim.cut = false;
            case FATE -> sim.fate = List.of(Sim.Fate.values()).get(more % 9);
            case RESTART -> which.restart();
            case GROW -> {
                if (which.places.size() < 8) {
                    which.places.add(new Place(more % 3 == 0 ? "" : SimPen.address(slot)));
                }
            }
            case SHRINK -> {
                if (!which.places.isEmpty()) {
                    which.restart();
                    which.places.remove(which.places.size() - 1);
                }
            }
            case POINT -> place.address = more % 5 == 0 ? "" : SimPen.address(more % 9);
            case COUNTS_BACK -> {
                // A pen in a container has the same process id every time.
                int pid = which.pid;
                which.restart();
                which.pid = pid;
            }
            case UNREADABLE -> which.readable = false;
            case READABLE -> sim.pens.forEach(p -> p.readable = true);
            case BLACKLIST_TIME -> blacklistTime(sim, which);
            case PICK -> which.mode = pick();
            case WEIGHT -> place.weight = more % 2;
            case STATUS -> sim.tell(which.status(sim.now));
            case PERSON_LETS_IN -> place.outNanos = Long.MIN_VALUE;
            case PERSON_SHUTS_OUT -> {
                place.outNanos = sim.now + (10 + more % 100) * Sim.SECOND;
                place.ours = false;
            }
            case ALERT -> sim.tell(new Event.Alerted(sim.now, alert(which.name, place.address)));
            case HOLD -> hold(sim, which.name, place.address);
            case UNHOLD -> sim.tell(new Event.Unheld(sim.now, which.name, place.address));
            case KILL, UNKILL ->
                sim.tell(
                        more % 2 == 0
                                ? new Event.KillSwitch(sim.now, kind == Kind.KILL)
                                : new Event.KillFile(sim.now, kind == Kind.KILL));
            case AUDIT, AUDIT_AGAIN -> sim.tell(new Event.Audit(sim.now, kind == Kind.AUDIT_AGAIN));
            case WITNESS, WITNESS_AGAIN -> sim.tell(new Event.Witnessed(sim.now, kind == Kind.WITNESS_AGAIN));
            case CONFIGURE -> configure(sim);
            case FORWARDS -> sim.tell(new Event.Forwards(sim.now, which.name, more % 2 == 0));
            case NONSENSE -> nonsense(sim, which, place);
        }
    }

    private static void pass(Sim sim, int halves) {
        for (int i = 0; i < halves; i++) {
            sim.advance(500);
        }
    }

    /** Each blacklist's end moves with it. */
    private void blacklistTime(Sim sim, SimPen which) {
        int seconds = 20 + more % 40;
        long moved = (seconds - which.blacklistSeconds) * Sim.SECOND;
        which.blacklistSeconds = seconds;
        which.places.stream().filter(p -> p.out(sim.now)).forEach(p -> p.outNanos += moved);
    }

    private String pick() {
        return switch (more % 6) {
            case 0 -> "no hash no roundrobin stubborn no weight no prio";
            case 1 -> "no hash no roundrobin no stubborn weight no prio";
            default -> "no hash roundrobin no stubborn no weight no prio";
        };
    }

    private Alert alert(String pen, String address) {
        boolean firing = more % 4 != 0;
        long ttl = (more % 7 == 0 ? 1 : 60) * Sim.SECOND;
        long startsAt = more % 5 * 200_000L;
        return new Alert("f" + more % 3, startsAt, firing, more % 11 == 0, pen, address, "Errors", more % 2 == 0, ttl);
    }

    private void hold(Sim sim, String pen, String address) {
        Hold.Kind wanted =
                more % 2 == 0 ? Hold.Kind.KEEP_OUT : List.of(Hold.Kind.values()).get(more % 3);
        long until = sim.now + (1 + more % 60) * Sim.SECOND;
        sim.tell(new Event.Held(sim.now, pen, address, new Hold(wanted, "somebody", "because", until)));
    }

    private void configure(Sim sim) {
        RemediationSettings was = sim.rules.settings();
        // Now and then one of them is left out, and is back the next time.
        String[] names =
                sim.pens.stream().map(p -> p.name).skip(more % 7 == 0 ? 1 : 0).toArray(String[]::new);
        Mode mode = more % 4 == 0 ? List.of(Mode.values()).get(more % 3) : Mode.ENFORCE;
        RemediationSettings now = Sim.wanted(mode, was.agents(), was.index(), names)
                .lease(6 + more % 3 * 7)
                .warmUp(Duration.ofSeconds(6))
                .maxOut(more % 2 == 0 ? 0.34 : 0.5)
                .pendingMax(more % 5 == 0 ? 0 : 1_000_000)
                .settings();
        sim.rules = Sim.rules(now, names);
        sim.tell(new Event.Configured(sim.now, sim.rules));
    }

    private void nonsense(Sim sim, SimPen which, Place place) {
        long now = sim.now;
        Result future = new Result.Good(now + 9 * Sim.SECOND, now + 9 * Sim.SECOND, "from the future");
        Result turned = new Result.Bad(now, now - 90 * Sim.SECOND, Cause.REFUSED, "ended before it began");
        switch (more % 12) {
            case 0 -> sim.tell(new Event.Done(now, which.name, more, WriteOutcome.CONFIRMED, now, "unknown id"));
            case 1 -> sim.tell(new Event.Done(now, "nobody", 1, WriteOutcome.CONTRADICTED, -1, "unknown pen"));
            case 2 -> sim.tell(new Event.Checked(now, which.name, place.address, "unknown", turned));
            case 3 -> sim.tell(new Event.Checked(now, "nobody", place.address, "alive", turned));
            case 4 -> sim.tell(new Event.Checked(now, which.name, place.address, "alive", future));
            case 5 -> sim.tell(new Event.Tick(now - 70 * Sim.SECOND));
            case 6 -> sim.tell(new Event.Tick(-now));
            case 7 -> sim.tell(new Event.Alerted(now, alert("nobody", "nowhere")));
            case 8 -> sim.tell(new Event.StatusRead(now, which.name, 77, Map.of(-1, 5, 99, 7), OptionalDouble.empty()));
            case 9 -> sim.tell(new Event.Unheld(now, "nobody", "nowhere"));
            case 10 -> sim.tell(new Event.Forwards(now, "nobody", false));
            default -> {
                Result ours = new Result.Unknown(now - Sim.MILLI, now, "no file descriptor");
                sim.tell(new Event.Checked(now, which.name, place.address, "alive", ours));
            }
        }
    }

    @Override
    public String toString() {
        return kind + " " + pen + "/" + slot + " " + more;
    }
}
