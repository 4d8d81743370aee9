package io.github.penagent.metrics;

import io.github.penagent.fleet.Checks;
import io.github.penagent.fleet.Clients;
import io.github.penagent.fleet.Observation;
import io.github.penagent.fleet.PenSettings;
import io.github.penagent.fleet.PenState;
import io.github.penagent.fleet.Reading;
import io.github.penagent.fleet.Remedy;
import io.github.penagent.fleet.Slots;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/**
 * Where a family's rows come from. A row whose value is not known is left out.
 *
 * <p>What runs for each pen makes no lambda that captures: the first compiler, which is the only one in what is shipped, takes longer
 * to make one than to write a row.
 */
interface Rows {

    void render(PenState state, PenLabels labels, byte[] name, LineWriter out);

    /** The rows that a part of a state has. */
    interface Lines<T> {
        void write(T from, PenLabels labels, byte[] name, LineWriter out);
    }

    /** A value of one backend. */
    interface ServerValue {
        void write(Reading reading, int slot, LineWriter out);
    }

    /** A value of one backend that may be out. */
    interface LeaseValue {
        void write(Optional<Remedy.Ejected> lease, Observation.Sample sample, LineWriter out);
    }

    /** What may speak against a backend first; a label value. */
    List<String> SOURCES = List.of("alert", "check", "passive", "person");

    /** Whether a backend has the value. */
    interface ServerHas {
        boolean test(Reading reading, int slot);
    }

    /** One row per pen, always. */
    static Rows ofState(BiConsumer<PenState, LineWriter> value) {
        return one(Optional::of, value);
    }

    /** One row per pen that was polled, with how long that took. */
    static Rows ofPoll(BiConsumer<Duration, LineWriter> value) {
        return one(
                state -> state.failure().isPresent()
                        ? state.failure().map(Observation.Failed::took)
                        : state.last().map(last -> last.sample().took()),
                value);
    }

    /** One row per pen for which the value was ever known. */
    static Rows ofLastKnown(ToDoubleFunction<Reading> value, int decimals) {
        Function<Reading, Double> boxed = value::applyAsDouble;
        return one(
                state -> state.last().map(boxed).filter(known -> !known.isNaN()),
                (known, out) -> out.decimal(known, decimals));
    }

    /** One row per pen that answers. */
    static Rows ofReading(BiConsumer<Reading, LineWriter> value) {
        return one(PenState::reading, value);
    }

    /** One row per pen that answers and whose clients are read. */
    static Rows ofClients(BiConsumer<Clients, LineWriter> value) {
        return one(state -> state.reading().flatMap(Reading::clients), value);
    }

    /** One row per pen that answers and told the setting. */
    static Rows ofSetting(Function<PenSettings, OptionalInt> setting) {
        return one(
                state -> state.reading().flatMap(Reading::settings).map(setting).filter(OptionalInt::isPresent),
                (value, out) -> out.number(value.getAsInt()));
    }

    /** One row per pen that answers and of which is known whether it forwards. */
    static Rows ofForwarding(BiConsumer<Boolean, LineWriter> value) {
        return one(state -> state.up() ? state.forwards() : Optional.empty(), value);
    }

    /** One row per pen that the agent cares for, also while it does not answer: what the agent does is known all the same. */
    static Rows ofRemedy(BiConsumer<Remedy, LineWriter> value) {
        return one(PenState::remedy, value);
    }

    /** One row per pen that answers and shows blacklists: what was read there must not be frozen. */
    static Rows ofForeign() {
        return one(
                state -> answering(state).map(Remedy::foreign).filter(OptionalInt::isPresent),
                (foreign, out) -> out.number(foreign.orElseThrow()));
    }

    /** One row per pen that answers and shows its clock. */
    static Rows ofClockOffset() {
        return one(
                state -> answering(state).map(Remedy::clockOffsetSeconds).filter(OptionalDouble::isPresent),
                (offset, out) -> out.decimal(offset.orElseThrow(), 3));
    }

    private static Optional<Remedy> answering(PenState state) {
        return state.up() ? state.remedy() : Optional.empty();
    }

    private static <T> Rows one(Function<PenState, Optional<T>> source, BiConsumer<T, LineWriter> value) {
        return several(source, (from, labels, name, out) -> {
            out.raw(name).raw(labels.pen());
            value.accept(from, out);
            out.end();
        });
    }

    private static <T> Rows several(Function<PenState, Optional<T>> source, Lines<T> lines) {
        return (state, labels, name, out) -> {
            Optional<T> from = source.apply(state);
            if (from.isPresent()) {
                lines.write(from.get(), labels, name, out);
            }
        };
    }

    /** One row per reason, each of them from the start. */
    static <E> Rows perReason(E[] reasons, Function<E, String> label, Function<PenState, Map<E, Long>> counts) {
        List<String> words = Stream.of(reasons).map(label).toList();
        return (state, labels, name, out) -> {
            Map<E, Long> counted = counts.apply(state);
            for (int i = 0; i < reasons.length; i++) {
                out.raw(name)
                        .raw(labels.withOneOfFew("reason", words.get(i)))
                        .number(counted.getOrDefault(reasons[i], 0L))
                        .end();
            }
        };
    }

    /** One row per backend of a pen that answers. */
    static Rows perServer(ServerValue value) {
        return perServer((reading, slot) -> true, value);
    }

    /** One row per backend that has the value, of a pen that answers. */
    static Rows perServer(ServerHas has, ServerValue value) {
        return (state, labels, name, out) -> {
            Reading reading = state.reading().orElse(null);
            if (reading == null) {
                return;
            }
            Slots slots = reading.slots();
            for (int i = 0; i < slots.size(); i++) {
                if (slots.isUsed(i) && has.test(reading, i)) {
                    out.raw(name).raw(labels.server(i, slots.address(i)));
                    value.write(reading, i, out);
                    out.end();
                }
            }
        };
    }

    /** One row per source of ejections, each of them from the start. */
    static Rows perSource(Function<Remedy.Tally, Map<String, Long>> counts) {
        return several(PenState::remedy, (remedy, labels, name, out) -> {
            Map<String, Long> counted = counts.apply(remedy.tally());
            for (String source : SOURCES) {
                out.raw(name)
                        .raw(labels.withOneOfFew("source", source))
                        .number(counted.getOrDefault(source, 0L))
                        .end();
            }
        });
    }

    /** One row per guard, in the order of their names; the tally names them all. */
    static Rows perGuard() {
        return several(PenState::remedy, (remedy, labels, name, out) -> {
            for (Map.Entry<String, Long> guard : new TreeMap<>(remedy.tally().suppressed()).entrySet()) {
                out.raw(name)
                        .raw(labels.withOneOfFew("guard", guard.getKey()))
                        .number(guard.getValue())
                        .end();
            }
        });
    }

    /** One row per check that has the value and slot that has its backend, of a pen that answers. */
    static Rows perCheck(Predicate<Checks.Row> has, BiConsumer<Checks.Row, LineWriter> value) {
        return (state, labels, name, out) -> {
            if (!state.up() || state.checks().rows().isEmpty()) {
                return;
            }
            Map<String, List<Checks.Row>> checks = state.checks().byAddress();
            Slots slots = state.last().orElseThrow().slots();
            for (int i = 0; i < slots.size(); i++) {
                if (slots.isUsed(i)) {
                    for (Checks.Row row : checks.getOrDefault(slots.address(i), List.of())) {
                        if (has.test(row)) {
                            out.raw(name).raw(labels.check(i, row.address(), row.check()));
                            value.accept(row, out);
                            out.end();
                        }
                    }
                }
            }
        };
    }

    /** One row per backend of a pen that answers and that the agent cares for: whether it is out. */
    static Rows ejected() {
        return perLease(lease -> true, (lease, sample, out) -> out.number(lease.isPresent() ? 1 : 0));
    }

    /** One row per backend that is out: until when, as unix time. */
    static Rows ejectionExpiry() {
        return perLease(
                Optional::isPresent,
                (lease, sample, out) -> out.decimal(
                        sample.wallTime(lease.orElseThrow().untilNanos()).toEpochMilli() / 1e3, 3));
    }

    private static Rows perLease(Predicate<Optional<Remedy.Ejected>> has, LeaseValue value) {
        return (state, labels, name, out) -> {
            Optional<Remedy> remedy = answering(state);
            if (remedy.isEmpty()) {
                return;
            }
            Reading reading = state.last().orElseThrow();
            Slots slots = reading.slots();
            for (int i = 0; i < slots.size(); i++) {
                Optional<Remedy.Ejected> lease = remedy.get().ejected(i, slots.address(i));
                if (slots.isUsed(i) && has.test(lease)) {
                    out.raw(name).raw(labels.server(i, slots.address(i)));
                    value.write(lease, reading.sample(), out);
                    out.end();
                }
            }
        };
    }

    /** One row per client that may be shown. */
    static Rows perClient(ToLongFunction<Clients.Row> value) {
        return several(state -> state.reading().flatMap(Reading::clients), (clients, labels, name, out) -> {
            for (Clients.Row row : clients.rows()) {
                out.raw(name)
                        .raw(labels.with("client", row.address()))
                        .number(value.applyAsLong(row))
                        .end();
            }
        });
    }

    /** One row whose labels are the value. */
    static Rows info() {
        return several(
                state -> state.reading().flatMap(Reading::settings), (settings, labels, name, out) -> out.raw(name)
                        .raw(labels.withSettings(settings))
                        .number(1)
                        .end());
    }
}
