package io.github.penagent.fleet;

import java.time.Duration;
import java.time.Instant;
import java.util.OptionalInt;

/** Readings for tests, a second apart unless said otherwise. */
public final class Samples {
    public static final long SECOND = 1_000_000_000L;

    private Samples() {}

    public static Observation.Polled polled(String pen, long second, int processId, Slots slots) {
        return polled(pen, second, OptionalInt.of(processId), slots);
    }

    public static Observation.Polled polled(String pen, long second, OptionalInt processId, Slots slots) {
        return new Observation.Polled(
                pen,
                new Observation.Sample(
                        second * SECOND,
                        Instant.ofEpochSecond(1_700_000_000L + second),
                        Duration.ofMillis(2),
                        processId,
                        0.001,
                        slots));
    }

    public static Observation.Failed failed(String pen, FailureReason reason) {
        return new Observation.Failed(pen, reason, "it failed", Duration.ofSeconds(2));
    }

    /** Slots from {@code address, sent, received} in turn. */
    public static Slots slots(Object... parts) {
        Slots.Builder slots = Slots.builder(parts.length / 3);
        for (int i = 0; i < parts.length / 3; i++) {
            slots.traffic(i, (String) parts[3 * i], number(parts[3 * i + 1]), number(parts[3 * i + 2]))
                    .gauges(i, i, 10, 20, 1, Slots.ABSENT);
        }
        return slots.build();
    }

    private static long number(Object part) {
        return ((Number) part).longValue();
    }
}
