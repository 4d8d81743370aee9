package io.github.penagent.remediation;

import io.github.penagent.fleet.PenState;
import io.github.penagent.fleet.Remedy;
import io.github.penagent.health.Result;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongFunction;
import org.reactivestreams.Publisher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;

/**
 * The core at work: it is told what happens, one event after another on one thread, and what it wants done is done. Events may come
 * from any thread.
 */
public final class Remediation {
    private static final Logger log = LoggerFactory.getLogger(Remediation.class);

    /** More wishes at a time than pens can be; a hand serves each pen in turn anyway. */
    private static final int WISHES = 1024;

    /** Messages with alerts that may wait to be heard. */
    private static final int POSTS = 64;

    private static final Duration AUDIT_RETRY = Duration.ofSeconds(5);

    private final Means means;
    private final Scheduler scheduler;
    private final Records records;
    private final Sinks.Many<Action> wishes = Sinks.many().unicast().onBackpressureBuffer();
    private final Sinks.Many<Boolean> keeping = Sinks.many().unicast().onBackpressureBuffer();
    private final Sinks.Many<Integer> leases = Sinks.many().multicast().directBestEffort();
    private final AtomicInteger posts = new AtomicInteger();
    private final Map<String, Remedy> published = new HashMap<>();
    private final BugLog bugs = new BugLog();
    /** Written on the scheduler's thread alone. */
    private volatile State state;

    /**
     * Decides nothing yet.
     *
     * @param scheduler with one thread, for the core alone
     */
    public Remediation(Rules rules, Means means, Records records, Scheduler scheduler) {
        this.means = means;
        this.records = records;
        this.scheduler = scheduler;
        this.state = State.start(rules, means.nanos().getAsLong());
    }

    /** Works for as long as it is subscribed to; never completes. */
    public Mono<Void> run() {
        Flux<Void> ticks = Flux.interval(Core.TICK, scheduler)
                .onBackpressureDrop()
                .doOnNext(tick -> take(new Event.Tick(now())))
                .flatMap(tick -> Mono.<Void>empty());
        Flux<Void> done = wishes.asFlux().flatMap(this::fulfil, WISHES);
        Flux<Void> audit = Flux.interval(AUDIT_RETRY, scheduler)
                .onBackpressureDrop()
                .concatMap(tick -> records.retry().doOnNext(this::audited).then(), 1);
        Flux<Void> kept = keeping.asFlux()
                .concatMap(
                        any -> records.use(state.rules.settings()).then(keep()).then());
        return Flux.merge(ticks, done, kept, audit, pages()).then();
    }

    /** What pens that show blacklists show, twice in each lease: what others have done, and whether ours hold. */
    private Flux<Void> pages() {
        return leases.asFlux()
                .startWith(state.rules.settings().leaseSeconds())
                .distinctUntilChanged()
                .switchMap(this::pages);
    }

    private Flux<Void> pages(int leaseSeconds) {
        return Flux.interval(Duration.ofSeconds(Math.max(1, leaseSeconds / 2)), scheduler)
                .onBackpressureDrop()
                .concatMap(
                        tick -> Flux.fromIterable(readableAndEnforced())
                                .concatMap(means.hand()::status)
                                .doOnNext(read -> scheduler.schedule(() -> take(read)))
                                .then(),
                        1);
    }

    /** Their names alone: until the next round somebody holds on to what is gone through, and cases are large. */
    private List<String> readableAndEnforced() {
        State now = state;
        return now.pens().stream()
                .filter(pen -> pen.readable && now.mode(pen) == Mode.ENFORCE)
                .map(pen -> pen.name)
                .toList();
    }

    /** Puts in force again what outlived the last run. */
    public void recall(Kept kept) {
        kept.holds()
                .forEach(held -> tell(nanos -> new Event.Held(
                        nanos,
                        held.pen(),
                        held.address(),
                        held.hold(nanos, means.wall().instant()))));
        if (kept.killSwitch()) {
            tell(nanos -> new Event.KillSwitch(nanos, true));
        }
    }

    /** What people want of this pen's backends. */
    public List<Kept.Held> holds(String pen) {
        Map<String, Hold> holds = state.holds().getOrDefault(pen, Map.of());
        return Kept.of(false, Map.of(pen, holds), now(), means.wall().instant()).holds();
    }

    /** From now on these holds are in force on this pen's backends, and no others. */
    public void inherit(String pen, List<Kept.Held> holds) {
        scheduler.schedule(() -> {
            Set<String> over =
                    new TreeSet<>(state.holds().getOrDefault(pen, Map.of()).keySet());
            holds.forEach(held -> over.remove(held.address()));
            over.forEach(address -> take(new Event.Unheld(now(), pen, address)));
            recall(new Kept(false, holds).at(means.wall().instant()));
        });
    }

    /** Tells the core something that is true now. */
    public void tell(LongFunction<Event> event) {
        scheduler.schedule(() -> take(event.apply(now())));
    }

    /** From now on goes by these rules. Leases and what is known of pens that stay outlive that. */
    public void configure(Rules rules) {
        tell(nanos -> new Event.Configured(nanos, rules));
    }

    /** A poll has ended, well or not. */
    public void polled(PenState pen) {
        tell(nanos -> new Event.Polled(nanos, pen));
    }

    /** A check has ended. */
    public void checked(String pen, String address, String check, Result result) {
        tell(nanos -> new Event.Checked(nanos, pen, address, check, result));
    }

    /**
     * One message with alerts arrived.
     *
     * @return what became of each, in their order, once they are heard; empty if too many messages wait already
     */
    public Optional<Mono<List<AlertOutcome>>> alerted(List<AlertReading> message) {
        if (posts.incrementAndGet() > POSTS) {
            posts.decrementAndGet();
            return Optional.empty();
        }
        return Optional.of(Mono.fromSupplier(() -> hear(message))
                .subscribeOn(scheduler)
                .doFinally(end -> posts.decrementAndGet()));
    }

    private List<AlertOutcome> hear(List<AlertReading> message) {
        List<Alert> alerts = message.stream()
                .filter(AlertReading.Taken.class::isInstance)
                .map(reading -> ((AlertReading.Taken) reading).alert())
                .toList();
        boolean flood = AlertPost.isFlood(state, alerts);
        return message.stream().map(reading -> hear(reading, flood)).toList();
    }

    private AlertOutcome hear(AlertReading reading, boolean flood) {
        if (reading instanceof AlertReading.Refused refused) {
            return refused.why();
        }
        Alert alert = ((AlertReading.Taken) reading).alert();
        AlertOutcome outcome = state.outcome(alert);
        if (flood && outcome.counts()) {
            return AlertOutcome.TOO_MANY;
        }
        take(new Event.Alerted(now(), alert));
        return outcome;
    }

    private long now() {
        return means.nanos().getAsLong();
    }

    private void take(Event event) {
        State before = state;
        Step step = step(before, event);
        state = step.state();
        if (event instanceof Event.Configured configured) {
            published.keySet().retainAll(configured.rules().pens());
            leases.tryEmitNext(configured.rules().settings().leaseSeconds());
        }
        publish(before);
        boolean toKeep = event instanceof Event.Configured || before.fleet.killed() != state.fleet.killed();
        if (toKeep && state.rules.settings().enforcesAny()) {
            keeping.tryEmitNext(true);
        }
        for (Action action : step.actions()) {
            wishes.tryEmitNext(action);
        }
    }

    /** An event at which the core fails is as if it had never been told, lest what one pen leads to ends the work for all. */
    private Step step(State before, Event event) {
        try {
            return Core.step(before, event);
        } catch (RuntimeException bug) {
            bugs.tell("decide", bug, now());
            return new Step(despite(before, event), List.of());
        }
    }

    /** The kill switch is told once, and has to work above all when something else does not. */
    private static State despite(State before, Event event) {
        if (event instanceof Event.KillFile file) {
            return before.with(before.fleet.killFile(file.there()));
        }
        return event instanceof Event.KillSwitch kill ? before.with(before.fleet.killed(kill.on())) : before;
    }

    /** What cannot be shown is in force all the same, since most events are told only once; it is shown when the pen is next thought of. */
    private void publish(State before) {
        for (PenCase pen : state.changedSince(before)) {
            try {
                state.remedy(pen.name).ifPresent(now -> publish(pen.name, now));
            } catch (RuntimeException bug) {
                bugs.tell("show", bug, now());
            }
        }
    }

    private void publish(String pen, Remedy now) {
        if (!now.equals(published.get(pen))) {
            means.publish().accept(pen, now);
            published.put(pen, now);
        }
    }

    private Publisher<Void> fulfil(Action action) {
        return Mono.from(fulfilment(action)).onErrorResume(bug -> {
            log.atError().setCause(bug).log("unexpected error, remediation goes on");
            return Mono.empty();
        });
    }

    private Publisher<Void> fulfilment(Action action) {
        if (action instanceof Action.Eject eject) {
            return write(eject.decision(), means.hand().carryOut(eject));
        }
        if (action instanceof Action.Release release) {
            return write(release.decision(), means.hand().carryOut(release));
        }
        if (action instanceof Action.RaisePending raise) {
            return write(raise.decision(), means.hand().carryOut(raise));
        }
        if (action instanceof Action.Reread reread) {
            return Flux.from(means.reread().apply(reread.pen())).then();
        }
        if (action instanceof Action.Recheck recheck) {
            return Mono.fromRunnable(() -> means.recheck().accept(recheck.pen()));
        }
        Decision decision = ((Action.Note) action).decision();
        Mono<Void> noted = records.note(decision, means.wall().instant())
                .doOnNext(this::audited)
                .then();
        return decision.kind() == Decision.Kind.HOLD ? noted.then(keep()).then() : noted;
    }

    private Mono<Void> write(Decision decision, Mono<Event.Done> errand) {
        return Mono.fromRunnable(() -> records.begin(decision, means.wall().instant()))
                .then(errand)
                .flatMap(done -> {
                    scheduler.schedule(() -> take(done));
                    return records.end(decision, done);
                })
                .doOnNext(this::audited)
                .then();
    }

    private Mono<Optional<String>> keep() {
        return records.keep(() -> {
            State now = state;
            return Kept.of(now.fleet.killed(), now.holds(), now(), means.wall().instant());
        });
    }

    /**
     * A person wants something. Unlike all else that is told, it is kept at once, whatever the mode.
     *
     * @return once it was heard: why it could not be kept, empty if it is
     */
    public Mono<Optional<String>> wish(LongFunction<Event> event) {
        return Mono.fromRunnable(() -> take(event.apply(now())))
                .subscribeOn(scheduler)
                .then(Mono.defer(this::keep));
    }

    /** The hold on this backend, if there is one. */
    public Optional<Hold> hold(String pen, String address) {
        return Optional.ofNullable(state.holds().getOrDefault(pen, Map.of()).get(address));
    }

    /** Whether the kill switch is on. */
    public boolean killed() {
        return state.fleet.killed();
    }

    /** Only what is new is told, as all pens are thought about then. */
    private void audited(Optional<Boolean> works) {
        works.ifPresent(now -> scheduler.schedule(() -> {
            if (state.fleet.audited() != now) {
                take(new Event.Audit(now(), now));
            }
        }));
    }
}
