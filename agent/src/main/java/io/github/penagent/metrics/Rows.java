package io.github.penagent.metrics;

import io.github.penagent.fleet.Clients;
import io.github.penagent.fleet.Observation;
import io.github.penagent.fleet.PenSettings;
import io.github.penagent.fleet.PenState;
import io.github.penagent.fleet.Reading;
import io.github.penagent.fleet.Slots;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/** Where a family's rows come from. A row whose value is not known is left out. */
interface Rows {

    void render(PenState state, PenLabels labels, byte[] name, LineWriter out);

    /** A value of one backend. */
    interface ServerValue {
        void write(Reading reading, int slot, LineWriter out);
    }

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
                state -> state.failure().map(Observation.Failed::took).or(() -> state.last()
                        .map(last -> last.sample().took())),
                value);
    }

    /** One row per pen for which the value was ever known. */
    static Rows ofLastKnown(ToDoubleFunction<Reading> value, int decimals) {
        return one(
                state -> state.last().map(value::applyAsDouble).filter(known -> !known.isNaN()),
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

    private static <T> Rows one(Function<PenState, Optional<T>> source, BiConsumer<T, LineWriter> value) {
        return (state, labels, name, out) -> source.apply(state).ifPresent(from -> {
            out.raw(name).raw(labels.pen());
            value.accept(from, out);
            out.end();
        });
    }

    /** One row per reason, each of them from the start. */
    static <E> Rows perReason(E[] reasons, Function<E, String> label, Function<PenState, Map<E, Long>> counts) {
        return (state, labels, name, out) -> {
            Map<E, Long> counted = counts.apply(state);
            for (E reason : reasons) {
                out.raw(name)
                        .raw(labels.withReason(label.apply(reason)))
                        .number(counted.getOrDefault(reason, 0L))
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

    /** One row per client that may be shown. */
    static Rows perClient(ToLongFunction<Clients.Row> value) {
        return (state, labels, name, out) -> state.reading()
                .flatMap(Reading::clients)
                .ifPresent(clients -> {
                    for (Clients.Row row : clients.rows()) {
                        out.raw(name)
                                .raw(labels.withClient(row.address()))
                                .number(value.applyAsLong(row))
                                .end();
                    }
                });
    }

    /** One row whose labels are the value. */
    static Rows info() {
        return (state, labels, name, out) -> state.reading()
                .flatMap(Reading::settings)
                .ifPresent(settings -> out.raw(name)
                        .raw(labels.withSettings(settings))
                        .number(1)
                        .end());
    }
}
