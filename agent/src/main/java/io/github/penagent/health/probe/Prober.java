package io.github.penagent.health.probe;

import io.github.penagent.fleet.Checks;
import io.github.penagent.fleet.PenState;
import io.github.penagent.health.Check;
import io.github.penagent.health.Result;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Makes all checks of all backends, each at its pace. A check and a backend have one exchange at a time; all of them
 * together have {@value #MAX_IN_FLIGHT}, and what has to wait for longer than its interval is left out and counted. All
 * state is confined to the scheduler's one thread; the public methods may be called on any.
 */
public final class Prober {
    static final int MAX_IN_FLIGHT = 256;

    private static final Logger log = LoggerFactory.getLogger(Prober.class);

    /** What was asked a moment ago is not asked again out of turn. */
    private static final long JUST_ASKED_NANOS = Duration.ofMillis(50).toNanos();

    private List<Check> checks;
    private final Examiner examiner;
    private final Scheduler scheduler;
    private final LongSupplier nanos;
    private final RandomGenerator random;
    private final CheckListener listener;
    private final Deque<Pair> queue = new ArrayDeque<>();
    private final Map<String, Set<String>> watched = new HashMap<>();
    /** Sorted, so that the same random numbers always mean the same times. Written on the scheduler's thread alone. */
    private final Map<String, List<Pair>> pairs = new ConcurrentSkipListMap<>();

    private @Nullable Running running;

    /** One subscription to {@link #run}: where exchanges begin and by what they are timed. */
    private record Running(FluxSink<Pair> starts, Scheduler.Worker worker) {}

    private int inFlight;

    /**
     * Watches nothing yet.
     *
     * @param scheduler with one thread
     * @param nanos the time of the examiner's results
     */
    public Prober(
            List<Check> checks,
            Examiner examiner,
            Scheduler scheduler,
            LongSupplier nanos,
            RandomGenerator random,
            CheckListener listener) {
        this.checks = List.copyOf(checks);
        this.examiner = examiner;
        this.scheduler = scheduler;
        this.nanos = nanos;
        this.random = random;
        this.listener = listener;
    }

    /** Works for as long as it is subscribed to; never completes. One subscription at a time. */
    public Mono<Void> run() {
        return Flux.<Pair>create(this::begin, FluxSink.OverflowStrategy.BUFFER)
                .flatMap(this::exchange, MAX_IN_FLIGHT, 1)
                .then()
                .subscribeOn(scheduler);
    }

    /** From now on this pen has these backends; others of it are forgotten, with the results still to come. */
    public void watch(String pen, Set<String> addresses) {
        Set<String> wanted = Set.copyOf(addresses);
        scheduler.schedule(() -> replace(pen, wanted));
    }

    /** From now on makes these checks; those that stay as they were go on, results and all. */
    public void check(List<Check> wanted) {
        List<Check> now = List.copyOf(wanted);
        scheduler.schedule(() -> {
            checks = now;
            Map.copyOf(watched).forEach(this::pair);
        });
    }

    /** Asks all backends of this pen now, except those being asked or asked just before. */
    public void recheck(String pen) {
        scheduler.schedule(() -> pairs.getOrDefault(pen, List.of()).forEach(this::hasten));
    }

    /** All checks of this pen's backends, those without a result included. Cheap, and current. */
    public List<CheckView> views(String pen) {
        long now = nanos.getAsLong();
        return pairs.getOrDefault(pen, List.of()).stream()
                .map(pair -> pair.view(now))
                .toList();
    }

    /** The same as facts about the pen. */
    public Checks checks(String pen) {
        return new Checks(views(pen).stream().map(CheckView::row).toList());
    }

    /** Whether a backend that takes connections has failed a check, or has just done so. */
    public boolean troubled(PenState pen) {
        return views(pen.name()).stream()
                .filter(view -> view.history().bads() > 0)
                .anyMatch(view -> pen.remedy().stream()
                        .flatMap(remedy -> remedy.ejected().stream())
                        .noneMatch(out -> out.address().equals(view.address())));
    }

    private void begin(FluxSink<Pair> starts) {
        Scheduler.Worker worker = scheduler.createWorker();
        starts.onDispose(worker);
        running = new Running(starts, worker);
        queue.clear();
        inFlight = 0;
        pairs.values().forEach(of -> of.forEach(this::enter));
    }

    private void replace(String pen, Set<String> wanted) {
        if (wanted.equals(watched.put(pen, wanted))) {
            return;
        }
        pair(pen, wanted);
        if (wanted.isEmpty()) {
            watched.remove(pen);
        }
    }

    /** Keeps the pairs that are wanted still, drops the others, and begins those that are new. */
    private void pair(String pen, Set<String> wanted) {
        List<Pair> kept = new ArrayList<>();
        for (Pair pair : pairs.getOrDefault(pen, List.of())) {
            if (wanted.contains(pair.address) && isMade(pair)) {
                kept.add(pair);
            } else {
                drop(pair);
            }
        }
        List<Pair> added = new ArrayList<>();
        // In order, so that the same random numbers always mean the same times.
        for (String address : new TreeSet<>(wanted)) {
            Set<String> known = kept.stream()
                    .filter(pair -> pair.address.equals(address))
                    .map(pair -> pair.check.name())
                    .collect(Collectors.toSet());
            checks.stream()
                    .filter(check -> check.covers(pen, address) && !known.contains(check.name()))
                    .forEach(check -> added.add(new Pair(pen, address, check)));
        }
        List<Pair> after = new ArrayList<>(kept);
        after.addAll(added);
        publish(pen, after);
        added.forEach(this::enter);
    }

    private boolean isMade(Pair pair) {
        return checks.stream().anyMatch(check -> check.asksAs(pair.check) && check.covers(pair.pen, pair.address));
    }

    private void publish(String pen, List<Pair> of) {
        if (of.isEmpty()) {
            pairs.remove(pen);
        } else {
            pairs.put(pen, List.copyOf(of));
        }
    }

    private void drop(Pair pair) {
        pair.stopTimer();
        pair.state = Pair.State.DROPPED;
        pair.dropped.tryEmitEmpty();
    }

    private void enter(Pair pair) {
        pair.state = Pair.State.RESTING;
        after(pair, pair.firstPauseNanos(random));
    }

    private void after(Pair pair, long pauseNanos) {
        Running now = running;
        if (now != null && !now.worker().isDisposed()) {
            pair.timer = now.worker().schedule(() -> due(pair), Math.max(0, pauseNanos), TimeUnit.NANOSECONDS);
        }
    }

    private void hasten(Pair pair) {
        boolean justAsked = pair.begun && nanos.getAsLong() - pair.begunNanos < JUST_ASKED_NANOS;
        if (pair.state == Pair.State.RESTING && !justAsked) {
            pair.stopTimer();
            due(pair);
        }
    }

    private void due(Pair pair) {
        if (pair.state == Pair.State.RESTING) {
            pair.state = Pair.State.QUEUED;
            pair.queuedNanos = nanos.getAsLong();
            queue.add(pair);
            startNext();
        }
    }

    private void startNext() {
        Running now = running;
        while (now != null && inFlight < MAX_IN_FLIGHT && !queue.isEmpty()) {
            Pair pair = queue.remove();
            if (pair.state == Pair.State.QUEUED) {
                start(now, pair);
            }
        }
    }

    /**
     * Whoever has waited longest is next. What was missed meanwhile is counted and not made up for; giving up the place as
     * well would leave it to those who are lucky, time and again.
     */
    private void start(Running now, Pair pair) {
        long nanosNow = nanos.getAsLong();
        long missed =
                (nanosNow - pair.queuedNanos) / pair.check.pace().interval().toNanos();
        if (missed > 0) {
            pair.tally(pair.tally().withSkips(missed));
        }
        pair.state = Pair.State.IN_FLIGHT;
        pair.begun = true;
        pair.begunNanos = nanosNow;
        inFlight++;
        now.starts().next(pair);
    }

    private Mono<Void> exchange(Pair pair) {
        return Mono.defer(() -> examiner.examine(pair.check, pair.address))
                .onErrorResume(bug -> {
                    log.atError()
                            .addKeyValue("check", pair.check.name())
                            .setCause(bug)
                            .log("unexpected error in a check");
                    return Mono.just(
                            Verdict.unknown("unexpected: " + Faults.seen(bug)).at(pair.begunNanos, nanos.getAsLong()));
                })
                .takeUntilOther(pair.dropped.asMono())
                .publishOn(scheduler)
                .doOnNext(result -> take(pair, result))
                .doOnTerminate(() -> ended(pair))
                .then();
    }

    private void take(Pair pair, Result result) {
        if (pair.state == Pair.State.DROPPED) {
            return;
        }
        Tally next = pair.tally().with(result, pair.check.pace());
        pair.tally(next);
        try {
            listener.checked(pair.pen, pair.address, pair.check, result, next.history());
        } catch (RuntimeException bug) {
            log.atError().addKeyValue("check", pair.check.name()).setCause(bug).log("a listener failed");
        }
    }

    private void ended(Pair pair) {
        inFlight--;
        if (pair.state == Pair.State.IN_FLIGHT) {
            pair.state = Pair.State.RESTING;
            long now = nanos.getAsLong();
            after(pair, pair.begunNanos + pair.pauseNanos(now, random) - now);
        }
        startNext();
    }
}
