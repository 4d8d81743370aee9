package io.github.penagent.remediation;

import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;

/**
 * What a hand goes by; all of it may be asked on any thread.
 *
 * @param nanosNow the core's clock, on which permits expire
 * @param wallNow the time of day
 * @param incarnationOf the run of a pen by its name, as far as polls have seen
 * @param rowsOf how many servers and clients a pen is known to have: the length of its status page
 * @param ours whether a pen is still this agent's to write to, asked right before each write
 */
public record Senses(
        LongSupplier nanosNow,
        InstantSource wallNow,
        ToLongFunction<String> incarnationOf,
        ToIntFunction<String> rowsOf,
        Predicate<String> ours) {
    /** Where every pen is this agent's. */
    public Senses(
            LongSupplier nanosNow,
            InstantSource wallNow,
            ToLongFunction<String> incarnationOf,
            ToIntFunction<String> rowsOf) {
        this(nanosNow, wallNow, incarnationOf, rowsOf, pen -> true);
    }

    long nanos() {
        return nanosNow.getAsLong();
    }

    Instant wall() {
        return wallNow.instant();
    }

    long incarnation(String pen) {
        return incarnationOf.applyAsLong(pen);
    }

    boolean ours(String pen) {
        return ours.test(pen);
    }

    int rows(String pen) {
        return rowsOf.applyAsInt(pen);
    }
}
