package io.github.penagent.ctl;

import io.github.penagent.ctl.Backend.State;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What the table of servers shows. */
final class BackendChecks {
    /** From here on a limit counts as near. */
    static final double NEAR = 0.8;

    static final List<Function<Facts, Optional<Finding>>> ALL = List.of(
            BackendChecks::few,
            BackendChecks::slotZero,
            BackendChecks::gaps,
            BackendChecks::drained,
            BackendChecks::limits,
            BackendChecks::weights);

    private BackendChecks() {}

    private static Optional<Finding> few(Facts facts) {
        List<Backend> backends = facts.backends();
        if (backends.isEmpty()) {
            return Optional.of(Finding.serious(
                    "no-backend",
                    "none of " + count(facts.all().size(), "slot") + " has a backend",
                    "no client can be served",
                    "send 'server 0 address A port P'"));
        }
        return when(
                backends.size() == 1,
                () -> Finding.warning(
                        "one-backend",
                        "the only backend is " + name(backends.get(0)),
                        "if it fails, clients have nowhere to go",
                        "add a second one, or start pen with '-e host:port' for emergencies"));
    }

    private static Optional<Finding> slotZero(Facts facts) {
        Backend first = facts.all().get(0);
        return when(
                first.address().startsWith("0.0.0.0:"),
                () -> Finding.serious(
                        "slot-0-empty",
                        "slot 0 has the address " + first.address(),
                        "pen never takes slot 0 for empty: Linux connects such clients to this machine itself, or nowhere",
                        "send 'server 0 address A port P' with a real backend"));
    }

    private static Optional<Finding> gaps(Facts facts) {
        List<Backend> gaps = in(State.GAP, facts);
        return when(
                !gaps.isEmpty(),
                () -> Finding.warning(
                        "gap-slots",
                        "gaps at " + slots(gaps),
                        "each was made by naming a later slot; its share of clients falls on the next backend, and every "
                                + "visit to it is logged",
                        "give each an address and port, and restart pen to shrink the table"));
    }

    private static Optional<Finding> drained(Facts facts) {
        List<Backend> drained = in(State.DRAINED, facts);
        if (drained.isEmpty()) {
            return Optional.empty();
        }
        String remedy = "send 'server N max M hard H' with the old limits once the work is done";
        if (drained.size() == facts.backends().size()) {
            return Optional.of(Finding.serious(
                    "all-drained",
                    "all backends have a negative soft limit",
                    "pen closes every new client, unless it has an emergency server",
                    remedy));
        }
        return Optional.of(Finding.warning(
                "drained",
                "a negative soft limit at " + slots(drained),
                "they get no new clients until somebody undoes it; it has no timer",
                remedy));
    }

    private static Optional<Finding> limits(Facts facts) {
        List<Backend> near = facts.backends().stream()
                .filter(b -> b.limit() > 0 && b.connections() >= NEAR * b.limit())
                .toList();
        if (near.isEmpty()) {
            return Optional.empty();
        }
        boolean allFull = in(State.FULL, facts).size() == facts.backends().size();
        String seen = near.stream()
                .map(b -> name(b) + " " + b.connections() + " of " + b.limit())
                .collect(Collectors.joining(", "));
        String remedy = "raise 'server N max M hard H', or add a backend";
        return Optional.of(
                allFull
                        ? Finding.serious(
                                "all-full",
                                seen,
                                "every backend is at its limit: pen closes new clients, unless it has an emergency server",
                                remedy)
                        : Finding.warning(
                                "near-limit",
                                seen,
                                "at the limit its clients go to the others, or are closed",
                                remedy));
    }

    private static Optional<Finding> weights(Facts facts) {
        List<Backend> backends = facts.backends();
        List<Backend> zero =
                backends.stream().filter(b -> b.weight().equals("0")).toList();
        if (!facts.mode().weight() || zero.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                zero.size() == backends.size()
                        ? Finding.serious(
                                "weights-unset",
                                "weight mode is on and every weight is 0",
                                "pen refuses every new client",
                                "send 'server N weight 1' for each backend, or 'no weight'")
                        : Finding.warning(
                                "weight-0",
                                "weight mode is on and the weight is 0 at " + slots(zero),
                                "they get no new clients, but still those of a failed backend",
                                "send 'server N weight W' with W of at least 1"));
    }

    private static List<Backend> in(State state, Facts facts) {
        return facts.all().stream().filter(b -> b.state() == state).toList();
    }

    private static String slots(List<Backend> backends) {
        String numbers = backends.stream().map(b -> Integer.toString(b.slot())).collect(Collectors.joining(", "));
        return (backends.size() == 1 ? "slot " : "slots ") + numbers;
    }

    private static String name(Backend backend) {
        return backend.address() + " (slot " + backend.slot() + ")";
    }

    static String count(int number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }

    static Optional<Finding> when(boolean so, java.util.function.Supplier<Finding> finding) {
        return so ? Optional.of(finding.get()) : Optional.empty();
    }
}
