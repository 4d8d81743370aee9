package io.github.penagent.remediation;

import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;

/**
 * What a hand goes by; all of it may be asked on any thread.
 *
 * @param nanosNow the core's clock, on which permits expire
 * @param wallNow the time of day
 * @param incarnationOf the run of a pen by its name, as far as polls have seen
 * @param rowsOf how many servers and clients a pen is known to have: the length of its status page
 */
public record Senses(
        LongSupplier nanosNow,
        InstantSource wallNow,
        ToLongFunction<String> incarnationOf,
        ToIntFunction<String> rowsOf) {
    long nanos() {
        return nanosNow.getAsLong();
    }

    Instant wall() {
        return wallNow.instant();
    }

    long incarnation(String pen) {
        return incarnationOf.applyAsLong(pen);
    }

    int rows(String pen) {
        return rowsOf.applyAsInt(pen);
    }
}
