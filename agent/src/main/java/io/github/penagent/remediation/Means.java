package io.github.penagent.remediation;

import io.github.penagent.fleet.Remedy;
import java.time.InstantSource;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.reactivestreams.Publisher;

/**
 * What the core's wishes are carried out with.
 *
 * @param nanos the core's clock: monotonic, that of all events
 * @param wall the time of day, for people
 * @param hand changes pens
 * @param reread reads a pen's servers now; completes when that is done
 * @param recheck has all checks of a pen's backends made now
 * @param publish is told what is done about a pen, whenever that changes
 */
public record Means(
        LongSupplier nanos,
        InstantSource wall,
        Hand hand,
        Function<String, Publisher<?>> reread,
        Consumer<String> recheck,
        BiConsumer<String, Remedy> publish) {}
