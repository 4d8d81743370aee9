package io.github.penagent.health.probe;

import io.github.penagent.health.Cause;
import io.github.penagent.health.Check;
import io.github.penagent.health.Pace;
import io.github.penagent.health.Question;
import io.github.penagent.health.Result;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Addresses that have nothing to do with any backend: if none of them can be reached, it is this agent that is cut off. Each
 * is asked by a connect every two seconds.
 */
public final class Witnesses {
    static final Duration INTERVAL = Duration.ofSeconds(2);

    /** Short enough for a round to end before the next one. */
    private static final Duration TIMEOUT = Duration.ofMillis(1500);

    private static final Check CONNECT =
            new Check("witness", Set.of(), Set.of(), new Question.Tcp(), new Pace(INTERVAL, INTERVAL, TIMEOUT, 1, 1));

    private final List<String> addresses;
    private final Examiner examiner;
    private final Scheduler scheduler;
    private final LongSupplier nanos;
    private final WitnessListener listener;

    /**
     * Asks nothing yet.
     *
     * @param addresses {@code host:port} or {@code [v6]:port} each; with none, nothing is ever reported
     */
    public Witnesses(
            List<String> addresses,
            Examiner examiner,
            Scheduler scheduler,
            LongSupplier nanos,
            WitnessListener listener) {
        this.addresses = List.copyOf(addresses);
        this.examiner = examiner;
        this.scheduler = scheduler;
        this.nanos = nanos;
        this.listener = listener;
    }

    /** Asks for as long as it is subscribed to; never completes. */
    public Mono<Void> run() {
        if (addresses.isEmpty()) {
            return Mono.never();
        }
        return Flux.interval(Duration.ZERO, INTERVAL, scheduler)
                .onBackpressureDrop()
                .concatMap(tick -> round(), 0)
                .then();
    }

    private Mono<Void> round() {
        return Flux.fromIterable(addresses)
                .flatMap(address -> examiner.examine(CONNECT, address).map(Witnesses::reached), addresses.size())
                .reduce(false, Boolean::logicalOr)
                .publishOn(scheduler)
                .doOnNext(any -> listener.asked(any, nanos.getAsLong()))
                .then();
    }

    /** Whoever refuses was reached; so was who hung up on us. */
    private static boolean reached(Result result) {
        return result instanceof Result.Good
                || (result instanceof Result.Bad bad && (bad.cause() == Cause.REFUSED || bad.cause() == Cause.CLOSED));
    }
}
