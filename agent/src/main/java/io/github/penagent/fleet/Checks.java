package io.github.penagent.fleet;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** What the checks of one pen's backends have come to. Immutable. */
public record Checks(List<Row> rows) {
    static final Checks NONE = new Checks(List.of());

    public Checks {
        rows = List.copyOf(rows);
    }

    /** The rows of each backend that has any, by its address. */
    public Map<String, List<Row>> byAddress() {
        return rows.stream().collect(Collectors.groupingBy(Row::address));
    }

    /** The same, counted on from {@code earlier}, where that has a row of the same check of the same backend. */
    Checks onTopOf(Checks earlier) {
        return earlier.rows.isEmpty()
                ? this
                : new Checks(rows.stream().map(row -> row.onTopOf(earlier)).toList());
    }

    /**
     * One check of one backend.
     *
     * @param address the backend, as pen lists it
     * @param check its configured name
     * @param standing whether the backend is healthy by this check
     * @param lastSeconds how long the last one took; absent before the first
     * @param checks how many were made, whatever they came to
     * @param failures how many of them failed by the backend's fault
     * @param message what the last one saw
     * @param lastNanos when the last one ended, on the clock of the samples; absent before the first
     */
    public record Row(
            String address,
            String check,
            Standing standing,
            OptionalDouble lastSeconds,
            long checks,
            long failures,
            String message,
            OptionalLong lastNanos) {
        /** The same, with no time of the last one. */
        public Row(
                String address,
                String check,
                Standing standing,
                OptionalDouble lastSeconds,
                long checks,
                long failures,
                String message) {
            this(address, check, standing, lastSeconds, checks, failures, message, OptionalLong.empty());
        }

        private Row onTopOf(Checks earlier) {
            return earlier.rows.stream()
                    .filter(row -> row.address.equals(address) && row.check.equals(check))
                    .findFirst()
                    .map(row -> new Row(
                            address,
                            check,
                            standing,
                            lastSeconds,
                            row.checks + checks,
                            row.failures + failures,
                            message,
                            lastNanos))
                    .orElse(this);
        }
    }

    /** What the results of one check amount to so far. */
    public enum Standing {
        /** Nothing, or nothing that is still fresh. */
        UNKNOWN,
        UP,
        DOWN
    }
}
