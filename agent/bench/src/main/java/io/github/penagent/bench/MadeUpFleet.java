package io.github.penagent.bench;

import io.github.penagent.fleet.Observation;
import io.github.penagent.fleet.PenSettings;
import io.github.penagent.fleet.PenState;
import io.github.penagent.fleet.Slots;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * Pens of ten backends each that nobody asks, in two states that differ in most numbers of every pen and not in their sum: what one
 * backend has in the one, its neighbour has in the other.
 */
final class MadeUpFleet {
    private static final int BACKENDS = 10;

    /** Of a pen with ten backends: nine each, and twenty of its own. */
    private static final int SERIES = 110;

    private static final long SECOND = 1_000_000_000;

    private final List<String> names;
    private final List<PenState> even = new ArrayList<>();
    private final List<PenState> odd = new ArrayList<>();

    /** @param series that its page is to have, about */
    MadeUpFleet(int series) {
        names = IntStream.range(0, series / SERIES)
                .mapToObj(pen -> "pen-%04d".formatted(pen))
                .toList();
        for (int pen = 0; pen < names.size(); pen++) {
            PenState first = PenState.unknown(names.get(pen))
                    .next(polled(pen, 0, 0))
                    .next(new Observation.SettingsRead(names.get(pen), settings(pen)));
            even.add(first.next(polled(pen, 0, 10)));
            odd.add(first.next(polled(pen, 1, 10)));
        }
    }

    List<String> names() {
        return names;
    }

    List<PenState> states(boolean other) {
        return other ? odd : even;
    }

    private static PenSettings settings(int pen) {
        return new PenSettings(
                "10.0.%d.%d:80".formatted(pen / 250, pen % 250),
                "10.0.%d.%d:8888".formatted(pen / 250, pen % 250),
                "no hash roundrobin no stubborn weight prio",
                OptionalInt.of(500),
                OptionalInt.of(2048),
                OptionalInt.of(30));
    }

    private Observation polled(int pen, int turn, int second) {
        Slots.Builder slots = Slots.builder(BACKENDS);
        for (int slot = 0; slot < BACKENDS; slot++) {
            int like = (slot + turn) % BACKENDS;
            long bytes = second == 0 ? 0 : 40_000_000_000L + pen * 10_007L + like * 1_234_567_891L;
            slots.traffic(slot, "10.1.%d.%d:8080".formatted(pen / 25, pen % 25 * 10 + slot), bytes, bytes / 3 * 2);
            slots.gauges(slot, 10 + like, 200, 250, 1 + like, like);
        }
        return new Observation.Polled(
                names.get(pen),
                new Observation.Sample(
                        second * SECOND,
                        Instant.ofEpochSecond(1_700_000_000L + second),
                        Duration.ofNanos(234_567),
                        OptionalInt.of(1000 + pen),
                        0.001_234_567,
                        slots.build()));
    }
}
