package io.github.penagent.health.probe;

import io.github.penagent.fleet.PenState;
import io.github.penagent.health.Cause;
import io.github.penagent.health.Check;
import io.github.penagent.health.Forwarding;
import io.github.penagent.health.Question;
import io.github.penagent.health.Result;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;

/**
 * Watches whether pens forward; see {@link Forwarding} for how. The request, where one is needed, is that of the pen's first check
 * that asks for an answer, made at the address that the pen's clients use. All state is confined to the scheduler's one thread.
 */
public final class DataPlane {
    private List<Check> checks;
    private Map<String, String> listens;
    private final Examiner examiner;
    private final Scheduler scheduler;
    private final LongSupplier nanos;
    private final Predicate<PenState> troubled;
    private final Listener listener;
    private final Map<String, Forwarding> pens = new HashMap<>();
    private final Sinks.Many<String> requests = Sinks.many().unicast().onBackpressureBuffer();

    /** Told on the scheduler's thread. */
    public interface Listener {
        /** The verdict on a pen changed; absent: there is none any more. */
        void forwards(String pen, Optional<Boolean> forwards);

        /** One request of ours has got through to the pen: one connection among the clients' that is not theirs. */
        void asked(String pen);
    }

    /**
     * Watches nothing yet.
     *
     * @param listens where the clients of a pen connect, by its name; a pen without an entry is told only by what moves
     * @param troubled whether a backend in service fails, so that no request must be made
     */
    public DataPlane(
            List<Check> checks,
            Map<String, String> listens,
            Examiner examiner,
            Scheduler scheduler,
            LongSupplier nanos,
            Predicate<PenState> troubled,
            Listener listener) {
        this.checks = List.copyOf(checks);
        this.listens = Map.copyOf(listens);
        this.examiner = examiner;
        this.scheduler = scheduler;
        this.nanos = nanos;
        this.troubled = troubled;
        this.listener = listener;
    }

    /** Makes its requests for as long as it is subscribed to; never completes. */
    public Mono<Void> run() {
        return requests.asFlux().flatMap(this::ask).then();
    }

    /** From now on makes requests by these checks at these addresses; what is known of pens stays. */
    public void ask(List<Check> newChecks, Map<String, String> newListens) {
        List<Check> checksNow = List.copyOf(newChecks);
        Map<String, String> listensNow = Map.copyOf(newListens);
        scheduler.schedule(() -> {
            checks = checksNow;
            listens = listensNow;
        });
    }

    /** This pen is not watched any more. */
    public void gone(String pen) {
        scheduler.schedule(() -> pens.remove(pen));
    }

    /** A poll has ended. */
    public void polled(PenState state) {
        scheduler.schedule(() -> take(state));
    }

    private void take(PenState state) {
        String pen = state.name();
        boolean trouble = troubled.test(state);
        Forwarding now = forwarding(pen).next(state, trouble);
        boolean ask =
                now.worthAsking(trouble, nanos.getAsLong()) && question(pen).isPresent();
        put(pen, ask ? now.asking(nanos.getAsLong()) : now);
        if (ask) {
            requests.tryEmitNext(pen);
        }
    }

    private Mono<Result> ask(String pen) {
        return Mono.justOrEmpty(question(pen))
                .flatMap(check -> examiner.examine(check, listens.getOrDefault(pen, "")))
                .publishOn(scheduler)
                .doOnNext(result -> {
                    put(pen, forwarding(pen).answered(result));
                    if (connected(result)) {
                        listener.asked(pen);
                    }
                });
    }

    /** A connection that was refused, or never tried, is not among those that pen counts. */
    private static boolean connected(Result result) {
        boolean refused = result instanceof Result.Bad bad && bad.cause() == Cause.REFUSED;
        return !refused && !(result instanceof Result.Unknown);
    }

    private Forwarding forwarding(String pen) {
        return pens.getOrDefault(pen, Forwarding.NONE);
    }

    private void put(String pen, Forwarding now) {
        Forwarding before = forwarding(pen);
        pens.put(pen, now);
        // A pen that stays hung is said again with every poll: it may take more than one rescue.
        if (!before.forwards().equals(now.forwards()) || now.forwards().equals(Optional.of(false))) {
            listener.forwards(pen, now.forwards());
        }
    }

    private Optional<Check> question(String pen) {
        return checks.stream()
                .filter(check -> check.concerns(pen))
                .filter(check -> !(check.question() instanceof Question.Tcp))
                .filter(check -> listens.containsKey(pen))
                .findFirst();
    }
}
