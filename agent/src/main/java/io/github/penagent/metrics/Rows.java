package io.github.penagent.metrics;

import io.github.penagent.fleet.Clients;
import io.github.penagent.fleet.Observation;
import io.github.penagent.fleet.PenSettings;
import io.github.penagent.fleet.PenState;
import io.github.penagent.fleet.Reading;
import io.github.penagent.fleet.Remedy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where a family's rows come from; those of backends are {@link ServerRows}. A row whose value is not known is left out.
 *
 * <p>What runs for each pen leaves no garbage and makes no lambda that captures: the first compiler, which is the only one in what is
 * shipped, takes longer to make one than to write a row, and it makes every {@code Optional}, box and iterator that is written here.
 */
interface Rows {

    void render(PenState state, PenLabels labels, byte[] name, LineWriter out);

    /** A part of a state, or null where it has none. */
    interface Part<T> {
        @Nullable
        T of(PenState state);
    }

    /** The rows that a part of a state has. */
    interface Lines<T> {
        void write(T from, PenLabels labels, byte[] name, LineWriter out);
    }

    /** What may speak against a backend first. */
    FewWords SOURCES = new FewWords("source", List.of("alert", "check", "passive", "person"));

    /** One row per pen, always. */
    static Rows ofState(BiConsumer<PenState, LineWriter> value) {
        return one(state -> state, value);
    }

    /** One row per pen that was polled, with how long that took. */
    static Rows ofPoll(BiConsumer<Duration, LineWriter> value) {
        return one(Rows::took, value);
    }

    private static @Nullable Duration took(PenState state) {
        Observation.Failed failed = state.failure().orElse(null);
        if (failed != null) {
            return failed.took();
        }
        Reading last = state.last().orElse(null);
        return last == null ? null : last.sample().took();
    }

    /** One row per pen for which the value was ever known. */
    static Rows ofLastKnown(ToDoubleFunction<Reading> value, int decimals) {
        return several(state -> state.last().orElse(null), (last, labels, name, out) -> {
            double known = value.applyAsDouble(last);
            if (!Double.isNaN(known)) {
                out.head(name, labels.pen()).decimal(known, decimals).end();
            }
        });
    }

    /** One row per pen that answers. */
    static Rows ofReading(BiConsumer<Reading, LineWriter> value) {
        return one(Rows::reading, value);
    }

    /** One row per pen that answers and whose clients are read. */
    static Rows ofClients(BiConsumer<Clients, LineWriter> value) {
        return one(Rows::clients, value);
    }

    /** One row per pen that answers and told the setting. */
    static Rows ofSetting(Function<PenSettings, OptionalInt> setting) {
        return several(Rows::settings, (settings, labels, name, out) -> {
            OptionalInt value = setting.apply(settings);
            if (value.isPresent()) {
                out.head(name, labels.pen()).number(value.getAsInt()).end();
            }
        });
    }

    /** One row per pen that answers and of which is known whether it forwards. */
    static Rows ofForwarding(BiConsumer<Boolean, LineWriter> value) {
        return one(state -> state.up() ? state.forwards().orElse(null) : null, value);
    }

    /** One row per pen that the agent cares for, also while it does not answer: what the agent does is known all the same. */
    static Rows ofRemedy(BiConsumer<Remedy, LineWriter> value) {
        return one(Rows::remedy, value);
    }

    /** One row per pen that answers and shows blacklists: what was read there must not be frozen. */
    static Rows ofForeign() {
        return several(Rows::answering, (remedy, labels, name, out) -> {
            OptionalInt foreign = remedy.foreign();
            if (foreign.isPresent()) {
                out.head(name, labels.pen()).number(foreign.getAsInt()).end();
            }
        });
    }

    /** One row per pen that answers and shows its clock. */
    static Rows ofClockOffset() {
        return several(Rows::answering, (remedy, labels, name, out) -> {
            OptionalDouble offset = remedy.clockOffsetSeconds();
            if (offset.isPresent()) {
                out.head(name, labels.pen()).decimal(offset.getAsDouble(), 3).end();
            }
        });
    }

    private static @Nullable Reading reading(PenState state) {
        return state.reading().orElse(null);
    }

    private static @Nullable Clients clients(PenState state) {
        Reading reading = reading(state);
        return reading == null ? null : reading.clients().orElse(null);
    }

    private static @Nullable PenSettings settings(PenState state) {
        Reading reading = reading(state);
        return reading == null ? null : reading.settings().orElse(null);
    }

    private static @Nullable Remedy remedy(PenState state) {
        return state.remedy().orElse(null);
    }

    private static @Nullable Remedy answering(PenState state) {
        return state.up() ? remedy(state) : null;
    }

    private static <T> Rows one(Part<T> part, BiConsumer<T, LineWriter> value) {
        return several(part, (from, labels, name, out) -> {
            out.head(name, labels.pen());
            value.accept(from, out);
            out.end();
        });
    }

    private static <T> Rows several(Part<T> part, Lines<T> lines) {
        return (state, labels, name, out) -> {
            T from = part.of(state);
            if (from != null) {
                lines.write(from, labels, name, out);
            }
        };
    }

    /** One row per reason, each of them from the start. */
    static <E> Rows perReason(E[] reasons, Function<E, String> label, Function<PenState, Map<E, Long>> counts) {
        FewWords words = new FewWords("reason", Stream.of(reasons).map(label).toList());
        return (state, labels, name, out) -> {
            Map<E, Long> counted = counts.apply(state);
            byte[][] each = labels.withEach(words);
            for (int i = 0; i < reasons.length; i++) {
                out.head(name, each[i])
                        .number(counted.getOrDefault(reasons[i], 0L))
                        .end();
            }
        };
    }

    /** One row per source of ejections, each of them from the start. */
    static Rows perSource(Function<Remedy.Tally, Map<String, Long>> counts) {
        return several(
                Rows::remedy,
                (remedy, labels, name, out) -> perWord(SOURCES, counts.apply(remedy.tally()), labels, name, out));
    }

    /** One row per guard, in the order of their names; the tally names them all. */
    static Rows perGuard() {
        return several(Rows::remedy, (remedy, labels, name, out) -> {
            Map<String, Long> counted = remedy.tally().suppressed();
            perWord(labels.guards(counted), counted, labels, name, out);
        });
    }

    private static void perWord(
            FewWords words, Map<String, Long> counted, PenLabels labels, byte[] name, LineWriter out) {
        byte[][] each = labels.withEach(words);
        for (int i = 0; i < each.length; i++) {
            out.head(name, each[i])
                    .number(counted.getOrDefault(words.get(i), 0L))
                    .end();
        }
    }

    /** One row per client that may be shown. */
    static Rows perClient(ToLongFunction<Clients.Row> value) {
        return several(Rows::clients, (clients, labels, name, out) -> {
            for (int i = 0; i < clients.rows().size(); i++) {
                Clients.Row row = clients.rows().get(i);
                out.head(name, labels.with("client", row.address()))
                        .number(value.applyAsLong(row))
                        .end();
            }
        });
    }

    /** One row whose labels are the value. */
    static Rows info() {
        return several(Rows::settings, (settings, labels, name, out) -> out.head(name, labels.withSettings(settings))
                .number(1)
                .end());
    }
}
