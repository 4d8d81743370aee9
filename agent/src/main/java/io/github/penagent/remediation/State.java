package io.github.penagent.remediation;

import io.github.penagent.fleet.Remedy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** All that the core knows. Immutable as far as anybody else can see. */
public final class State {
    final Rules rules;
    final FleetCase fleet;
    private final Map<String, Integer> places;
    private final PenCase[] pens;

    private State(Rules rules, FleetCase fleet, Map<String, Integer> places, PenCase[] pens) {
        this.rules = rules;
        this.fleet = fleet;
        this.places = places;
        this.pens = pens;
    }

    /** The state before the first event. */
    public static State start(Rules rules, long nanos) {
        return new State(rules, FleetCase.start(nanos), Map.of(), new PenCase[0]).under(rules);
    }

    /** What is shown of one pen; absent if it is not known. */
    public Optional<Remedy> remedy(String pen) {
        return find(pen).map(p -> Shown.of(this, p));
    }

    /** What may be done to a pen now: the least of what the settings say and what has happened since. */
    Mode mode(PenCase pen) {
        Mode mode = rules.settings().modeOf(pen.name);
        boolean unrecorded = mode == Mode.ENFORCE && !fleet.audited();
        boolean less = fleet.killed() || unrecorded || fleet.nanos() < pen.degradedNanos;
        return less ? mode.and(Mode.OBSERVE) : mode;
    }

    Optional<PenCase> find(String pen) {
        return Optional.ofNullable(places.get(pen)).map(place -> pens[place]);
    }

    /** The pens about which anything is different from {@code before}; all of them if there are others now. */
    @SuppressWarnings("ReferenceEquality") // What was not touched is the same object.
    List<PenCase> changedSince(State before) {
        if (before.places != places || !before.fleet.panic().equals(fleet.panic())) {
            return pens();
        }
        List<PenCase> changed = new ArrayList<>();
        for (int i = 0; i < pens.length; i++) {
            if (pens[i] != before.pens[i]) {
                changed.add(pens[i]);
            }
        }
        return changed;
    }

    /** All holds in force, by pen and address. */
    Map<String, Map<String, Hold>> holds() {
        Map<String, Map<String, Hold>> all = new TreeMap<>();
        for (PenCase pen : pens) {
            pen.backends.forEach((address, backend) -> backend.hold()
                    .ifPresent(hold -> all.computeIfAbsent(pen.name, name -> new TreeMap<>())
                            .put(address, hold)));
        }
        return all;
    }

    /** What an alert would do now. */
    AlertOutcome outcome(Alert alert) {
        Optional<PenCase> pen = find(alert.pen());
        long listed = pen.map(p -> p.listed(alert.address())).orElse(0L);
        if (listed != 1) {
            return listed == 0 ? AlertOutcome.NO_MATCH : AlertOutcome.AMBIGUOUS;
        }
        return pen.orElseThrow().backend(alert.address()).outcome(alert, fleet.nanos());
    }

    List<PenCase> pens() {
        return Collections.unmodifiableList(Arrays.asList(pens));
    }

    State with(FleetCase now) {
        return new State(rules, now, places, pens);
    }

    State with(PenCase pen) {
        PenCase[] others = pens.clone();
        others[places.getOrDefault(pen.name, 0)] = pen;
        return new State(rules, fleet, places, others);
    }

    /** With other rules: pens that are new begin anew, the others go on as they are. */
    State under(Rules now) {
        Map<String, Integer> newPlaces = new HashMap<>();
        List<PenCase> all = new ArrayList<>();
        for (String name : now.pens()) {
            if (newPlaces.putIfAbsent(name, all.size()) == null) {
                all.add(find(name).orElseGet(() -> new PenCase(name)));
            }
        }
        return new State(now, fleet, newPlaces, all.toArray(PenCase[]::new));
    }
}
