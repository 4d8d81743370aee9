package io.github.penagent.web;

import io.github.penagent.fleet.Checks;
import io.github.penagent.fleet.PenState;
import io.github.penagent.fleet.Reading;
import io.github.penagent.fleet.Remedy;
import io.github.penagent.fleet.Slots;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a pen's backends are, for a person: those in trouble one by one, the healthy ones as a number. One that nothing is
 * known of is neither.
 */
record BackendStates(List<Trouble> troubles, int healthy) {
    BackendStates {
        troubles = List.copyOf(troubles);
    }

    /** A backend that is out or failing, and which of the two. */
    record Trouble(String address, String words) {}

    static BackendStates of(PenState state, Reading reading) {
        Map<String, List<Checks.Row>> checks = state.checks().byAddress();
        List<Trouble> troubles = new ArrayList<>();
        int healthy = 0;
        Slots slots = reading.slots();
        for (int i = 0; i < slots.size(); i++) {
            int server = i;
            String address = slots.address(i);
            List<Checks.Row> rows = checks.getOrDefault(address, List.of());
            Optional<Remedy.Ejected> lease = state.remedy().flatMap(remedy -> remedy.ejected(server, address));
            if (lease.isPresent()) {
                troubles.add(new Trouble(address, "ejected, " + secondsLeft(lease.get(), reading) + " s left"));
            } else if (any(rows, Checks.Standing.DOWN)) {
                troubles.add(new Trouble(address, "failing"));
            } else if (any(rows, Checks.Standing.UP) && !any(rows, Checks.Standing.UNKNOWN)) {
                healthy++;
            }
        }
        return new BackendStates(troubles, healthy);
    }

    /** As of the reading, rounded up: a lease that is in force has not 0 left. */
    private static long secondsLeft(Remedy.Ejected lease, Reading reading) {
        long nanos = lease.untilNanos() - reading.sample().nanos();
        return Math.max(0, (nanos + 999_999_999L) / 1_000_000_000L);
    }

    private static boolean any(List<Checks.Row> rows, Checks.Standing standing) {
        return rows.stream().anyMatch(row -> row.standing() == standing);
    }
}
