package io.github.penagent.metrics;

import io.github.penagent.fleet.Checks;
import io.github.penagent.fleet.Reading;
import io.github.penagent.fleet.Remedy;
import io.github.penagent.fleet.Series;
import io.github.penagent.fleet.Slots;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The rows of backends, which are nearly all of a page, of pens that answer. Three loops that are nearly the same, because one for
 * all would have to ask for each row what kind of number it is to write.
 */
final class ServerRows {
    private static final List<Checks.Row> UNCHECKED = List.of();

    private ServerRows() {}

    /** A number of one backend, or {@link Slots#ABSENT}. */
    interface Gauge {
        int of(Slots slots, int slot);
    }

    /** A number of bytes of one backend, unsigned. */
    interface Count {
        long of(Series series, int slot);
    }

    /** A number of bytes per second of one backend, or NaN. */
    interface Rate {
        double of(Series series, int slot);
    }

    /** A row of one backend that the agent cares for, if it has any. */
    interface Lease {
        void write(Remedy.@Nullable Ejected lease, Reading reading, byte[] labels, byte[] name, LineWriter out);
    }

    /** One row per backend of which pen prints the number. */
    static Rows gauge(Gauge value) {
        return (state, labels, name, out) -> {
            Reading reading = state.reading().orElse(null);
            if (reading == null) {
                return;
            }
            Slots slots = reading.slots();
            byte[][] servers = labels.servers(slots);
            for (int i = 0; i < slots.size(); i++) {
                int number = value.of(slots, i);
                if (servers[i].length > 0 && number != Slots.ABSENT) {
                    out.head(name, servers[i]).number(number).end();
                }
            }
        };
    }

    /** One row per backend. */
    static Rows count(Count value) {
        return (state, labels, name, out) -> {
            Reading reading = state.reading().orElse(null);
            if (reading == null) {
                return;
            }
            Slots slots = reading.slots();
            byte[][] servers = labels.servers(slots);
            for (int i = 0; i < slots.size(); i++) {
                if (servers[i].length > 0) {
                    out.head(name, servers[i])
                            .unsigned(value.of(reading.series(), i))
                            .end();
                }
            }
        };
    }

    /** One row per backend of which the last two polls can be compared. */
    static Rows rate(Rate value) {
        return (state, labels, name, out) -> {
            Reading reading = state.reading().orElse(null);
            if (reading == null) {
                return;
            }
            Slots slots = reading.slots();
            byte[][] servers = labels.servers(slots);
            for (int i = 0; i < slots.size(); i++) {
                double rate = value.of(reading.series(), i);
                if (servers[i].length > 0 && !Double.isNaN(rate)) {
                    out.head(name, servers[i]).decimal(rate, 3).end();
                }
            }
        };
    }

    /** One row per check that has the value and slot that has its backend. */
    static Rows check(Predicate<Checks.Row> has, BiConsumer<Checks.Row, LineWriter> value) {
        return (state, labels, name, out) -> {
            Reading reading = state.reading().orElse(null);
            if (reading == null || state.checks().rows().isEmpty()) {
                return;
            }
            Map<String, List<Checks.Row>> checks = labels.checksByAddress(state.checks());
            Slots slots = reading.slots();
            for (int i = 0; i < slots.size(); i++) {
                List<Checks.Row> rows = checks.getOrDefault(slots.address(i), UNCHECKED);
                for (int j = 0; j < rows.size(); j++) {
                    Checks.Row row = rows.get(j);
                    if (slots.isUsed(i) && has.test(row)) {
                        out.head(name, labels.check(i, row.address(), row.check()));
                        value.accept(row, out);
                        out.end();
                    }
                }
            }
        };
    }

    /** One row per backend that the agent cares for: whether it is out. */
    static Rows ejected() {
        return lease((lease, reading, labels, name, out) ->
                out.head(name, labels).number(lease == null ? 0 : 1).end());
    }

    /** One row per backend that is out: until when, as unix time. */
    static Rows ejectionExpiry() {
        return lease((lease, reading, labels, name, out) -> {
            if (lease != null) {
                double until = reading.sample().wallTime(lease.untilNanos()).toEpochMilli() / 1e3;
                out.head(name, labels).decimal(until, 3).end();
            }
        });
    }

    private static Rows lease(Lease row) {
        return (state, labels, name, out) -> {
            Reading reading = state.reading().orElse(null);
            Remedy remedy = state.remedy().orElse(null);
            if (reading == null || remedy == null) {
                return;
            }
            Slots slots = reading.slots();
            byte[][] servers = labels.servers(slots);
            for (int i = 0; i < slots.size(); i++) {
                if (servers[i].length > 0) {
                    Remedy.Ejected lease = remedy.ejected(i, slots.address(i)).orElse(null);
                    row.write(lease, reading, servers[i], name, out);
                }
            }
        };
    }
}
