package io.github.penagent.remediation;

import io.github.penagent.fleet.Remedy;
import io.github.penagent.health.Check;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** All that the core knows. Immutable as far as anybody else can see. */
public final class State {
    final Rules rules;
    final FleetCase fleet;
    private final Map<String, Integer> places;
    private final Cases pens;

    /** Holds on backends of pens that are not watched, by pen and address: pens may come back. */
    private final Map<String, Map<String, Hold>> absent;

    /** What was done about pens that are other agents' now. */
    private final Map<String, Counts> lent;

    private State(
            Rules rules,
            FleetCase fleet,
            Map<String, Integer> places,
            Cases pens,
            Map<String, Map<String, Hold>> absent,
            Map<String, Counts> lent) {
        this.rules = rules;
        this.fleet = fleet;
        this.places = places;
        this.pens = pens;
        this.absent = absent;
        this.lent = lent;
    }

    /** The state before the first event. */
    public static State start(Rules rules, long nanos) {
        return new State(rules, FleetCase.start(nanos), Map.of(), Cases.NONE, Map.of(), Map.of()).under(rules);
    }

    /** What is shown of one pen; absent if it is not known. */
    public Optional<Remedy> remedy(String pen) {
        return find(pen).map(p -> Shown.of(this, p));
    }

    /** What may be done to a pen now: the least of what the settings say and what has happened since. */
    Mode mode(PenCase pen) {
        Mode mode = rules.settings().modeOf(pen.name);
        boolean unrecorded = mode == Mode.ENFORCE && !fleet.audited();
        boolean less = fleet.restrained() || unrecorded || fleet.nanos() < pen.degradedNanos;
        return less ? mode.and(Mode.OBSERVE) : mode;
    }

    Optional<PenCase> find(String pen) {
        return Optional.ofNullable(places.get(pen)).map(pens::get);
    }

    /** The pens about which anything is different from {@code before}; all of them if there are others now. */
    @SuppressWarnings("ReferenceEquality") // What was not touched is the same object.
    List<PenCase> changedSince(State before) {
        if (before.places != places || !before.fleet.panic().equals(fleet.panic())) {
            return pens();
        }
        return pens.changedSince(before.pens);
    }

    /** All holds in force, by pen and address. */
    Map<String, Map<String, Hold>> holds() {
        Map<String, Map<String, Hold>> all = new TreeMap<>();
        absent.forEach((pen, holds) -> holds.forEach((address, hold) -> {
            if (hold.untilNanos() > fleet.nanos()) {
                all.computeIfAbsent(pen, name -> new TreeMap<>()).put(address, hold);
            }
        }));
        for (PenCase pen : pens) {
            Map<String, Hold> holds = pen.holds();
            if (!holds.isEmpty()) {
                all.put(pen.name, holds);
            }
        }
        return all;
    }

    /** A person's word on a pen that is not watched, or not yet. */
    State withAbsent(String pen, String address, Hold hold) {
        Map<String, Map<String, Hold>> more = new TreeMap<>(absent);
        Map<String, Hold> holds = new TreeMap<>(more.getOrDefault(pen, Map.of()));
        holds.put(address, hold);
        more.put(pen, holds);
        return new State(rules, fleet, places, pens, more, lent);
    }

    /** What an alert would do now. */
    AlertOutcome outcome(Alert alert) {
        Optional<PenCase> pen = find(alert.pen());
        if (pen.isEmpty()
                && rules.moves()
                        .filter(moves -> moves.elsewhere().contains(alert.pen()))
                        .isPresent()) {
            return AlertOutcome.ELSEWHERE;
        }
        long listed = pen.map(p -> p.listed(alert.address())).orElse(0L);
        if (listed != 1) {
            return listed == 0 ? AlertOutcome.NO_MATCH : AlertOutcome.AMBIGUOUS;
        }
        return pen.orElseThrow().backend(alert.address()).outcome(alert, fleet.nanos());
    }

    /** That word is taken back. */
    State withoutAbsent(String pen, String address) {
        Map<String, Map<String, Hold>> more = new TreeMap<>(absent);
        Map<String, Hold> holds = new TreeMap<>(more.getOrDefault(pen, Map.of()));
        holds.remove(address);
        more.put(pen, holds);
        return new State(rules, fleet, places, pens, more, lent);
    }

    Cases pens() {
        return pens;
    }

    State with(FleetCase now) {
        return new State(rules, now, places, pens, absent, lent);
    }

    State with(PenCase pen) {
        return new State(rules, fleet, places, pens.with(places.getOrDefault(pen.name, 0), pen), absent, lent);
    }

    /**
     * With other rules: pens that are new begin anew, the others go on as they are, but for what checks have said that ask
     * otherwise now. What people said of pens that are gone is kept for their return.
     */
    State under(Rules now) {
        Set<String> changed = rules.checks().stream()
                .filter(check -> now.checks().stream().noneMatch(check::asksAs))
                .map(Check::name)
                .collect(Collectors.toSet());
        Map<String, Map<String, Hold>> holds = new TreeMap<>(holds());
        Map<String, Integer> newPlaces = new HashMap<>();
        List<PenCase> all = new ArrayList<>();
        for (String name : now.pens()) {
            if (newPlaces.putIfAbsent(name, all.size()) == null) {
                all.add(find(name)
                        .map(pen -> pen.without(changed))
                        .orElseGet(() -> begun(name, holds.getOrDefault(name, Map.of()))));
                holds.remove(name);
            }
        }
        return new State(now, fleet, newPlaces, Cases.of(all), holds, lent(now));
    }

    private PenCase begun(String pen, Map<String, Hold> holds) {
        PenCase begun = PenCase.held(pen, holds);
        begun.begunNanos = fleet.nanos();
        begun.counts = lent.getOrDefault(pen, Counts.ZERO);
        return begun;
    }

    private Map<String, Counts> lent(Rules now) {
        Map<String, Counts> others = new HashMap<>();
        for (String pen : now.moves().map(Rules.Moves::elsewhere).orElse(Set.of())) {
            find(pen)
                    .map(known -> known.counts)
                    .or(() -> Optional.ofNullable(lent.get(pen)))
                    .ifPresent(counts -> others.put(pen, counts));
        }
        return others;
    }
}
