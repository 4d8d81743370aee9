package io.github.penagent.poll;

import io.github.penagent.fleet.FailureReason;
import io.github.penagent.fleet.Fleet;
import io.github.penagent.fleet.Observation;
import io.github.penagent.fleet.PenState;
import io.github.penagent.fleet.Reading;
import io.github.penagent.fleet.SkipReason;
import io.github.penagent.fleet.Slots;
import io.github.penagent.penctl.Answer;
import io.github.penagent.penctl.Command;
import io.github.penagent.penctl.Control;
import io.github.penagent.penctl.ServerTable;
import java.time.Duration;
import java.util.OptionalInt;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;

/**
 * Watches one pen: when it is due it is asked for its servers, and in the same turn, one command after another, for
 * whatever else has become due. All state is confined to one scheduler with one thread.
 */
final class PenWatch {
    private static final long PROCESS_ID_NANOS = Duration.ofSeconds(10).toNanos();

    private final String pen;
    private final Control control;
    private final Scheduler scheduler;
    private final Clock clock;
    private final Fleet fleet;
    private final PollListener listener;
    private long intervalNanos;
    private final Rhythm rhythm;
    private final LoadBudget budget;
    private final SettingsQuestion slowSettings;
    private final ClientsQuestion clients;
    private final PollLog log;
    private final Command<ServerTable> servers = Command.servers(new ServerTable());
    private final Sinks.Many<Boolean> probes = Sinks.many().multicast().directBestEffort();
    private final Sinks.Many<PenState> polls = Sinks.many().multicast().directBestEffort();

    /** The time until the next poll is to be thought over. */
    private final Sinks.Many<Boolean> changes = Sinks.many().multicast().directBestEffort();

    private final Sinks.Empty<Void> ended = Sinks.empty();
    private Target target;

    private boolean polling;

    /** Somebody wants the servers read, and the turn under way is past that. */
    private boolean again;

    private boolean listing;

    /** The turn under way was not due, and no poll that was has been given up for it yet. */
    private boolean unasked;

    private boolean everPolled;
    private boolean everAskedProcessId;
    private long pollStarted;
    private long processIdAsked;
    private int shrunkTo = -1;

    PenWatch(Target target, Control control, Scheduler scheduler, Rhythm rhythm, Poller.Context context) {
        this.target = target;
        this.pen = target.name();
        this.control = control;
        this.scheduler = scheduler;
        this.rhythm = rhythm;
        this.clock = context.clock();
        this.fleet = context.fleet();
        this.listener = context.listener();
        this.intervalNanos = context.poll().interval().toNanos();
        this.budget = new LoadBudget(context.poll().maxPenLoad());
        this.slowSettings = new SettingsQuestion(pen, control, budget, clock);
        this.clients = new ClientsQuestion(
                pen,
                control,
                budget,
                clock,
                context.recentClients(),
                fleet.state(pen).past());
        this.log = new PollLog(target);
    }

    /** Polls for as long as it is subscribed to, or until {@link #end}. */
    Mono<Void> run() {
        return Mono.defer(() -> {
                    rhythm.begin(clock.nanos());
                    return turns();
                })
                .takeUntilOther(ended.asMono());
    }

    /** Polls no more; a poll under way is given up. */
    void end() {
        ended.tryEmitEmpty();
    }

    /**
     * From now on by these settings; everything known stays. A pen asked at another address is taken for the same one if its
     * process id is, and for one that has started anew otherwise.
     */
    void change(Target now, PollSettings poll, RecentClientsSettings recentClients) {
        scheduler.schedule(() -> {
            log.about(now);
            if (!now.control().equals(target.control())) {
                everAskedProcessId = false;
                slowSettings.askAgain();
            }
            target = now;
            budget.allow(poll.maxPenLoad());
            clients.change(recentClients);
            long interval = poll.interval().toNanos();
            if (interval != intervalNanos) {
                intervalNanos = interval;
                rhythm.change(interval, clock.nanos());
                changes.tryEmitNext(true);
            }
        });
    }

    private Mono<Void> turns() {
        Flux<Boolean> delays = Mono.defer(() -> Mono.delay(Duration.ofNanos(rhythm.untilDue(clock.nanos())), scheduler))
                .map(tick -> true)
                .repeat()
                .filter(tick -> permitted());
        Flux<Boolean> ticks = changes.asFlux().startWith(true).switchMap(change -> delays);
        return Flux.merge(ticks, probes.asFlux())
                .onBackpressureDrop(tick -> {
                    if (tick) {
                        overlapped();
                    } else {
                        again = true;
                    }
                })
                .concatMap(
                        tick -> {
                            unasked = !tick;
                            return turn();
                        },
                        0)
                .then();
    }

    /** A poll is due while there is one under way; one that somebody wished for stands for one that was due. */
    private void overlapped() {
        if (!unasked) {
            fleet.accept(new Observation.Skipped(pen, SkipReason.OVERLAP));
        }
        unasked = false;
    }

    /** The state after a poll that began less than one interval ago; polls now if there is none. */
    Mono<PenState> fresh() {
        return Mono.defer(() -> {
                    if (!polling && everPolled && clock.nanos() - pollStarted < intervalNanos) {
                        return Mono.just(fleet.state(pen));
                    }
                    return reread();
                })
                .subscribeOn(scheduler);
    }

    /** The state after a poll that ends after this is subscribed to: one under way, or one that begins now. */
    Mono<PenState> reread() {
        return Mono.defer(() -> {
                    Mono<PenState> next = polls.asFlux().next();
                    return listing ? next : next.doOnSubscribe(s -> scheduler.schedule(this::probe));
                })
                .subscribeOn(scheduler);
    }

    /** One of this pen's connections was made by this agent and is to count nowhere. */
    void ownConnection() {
        scheduler.schedule(clients::ownConnection);
    }

    private void probe() {
        // A turn that has begun meanwhile will do.
        if (!listing) {
            probes.tryEmitNext(false);
        }
    }

    private boolean permitted() {
        long now = clock.nanos();
        long allowed = budget.nextAllowed();
        if (everPolled && now < allowed) {
            rhythm.notBefore(allowed);
            fleet.accept(new Observation.Skipped(pen, SkipReason.LOAD_BUDGET));
            return false;
        }
        rhythm.advance(now);
        return true;
    }

    /** One poll, and in the same turn whatever else is due. Never fails. */
    Mono<Void> turn() {
        return Mono.defer(() -> {
                    polling = true;
                    listing = true;
                    again = false;
                    everPolled = true;
                    pollStarted = clock.nanos();
                    budget.begin(pollStarted);
                    return control.ask(servers);
                })
                .flatMap(this::answered)
                .flatMap(state -> state.up() ? askWhatElseIsDue() : Mono.empty())
                .onErrorResume(bug -> {
                    log.bug(bug);
                    return Mono.empty();
                })
                .doFinally(end -> {
                    polling = false;
                    listing = false;
                    if (again) {
                        again = false;
                        scheduler.schedule(this::probe);
                    }
                });
    }

    private Mono<Void> askWhatElseIsDue() {
        return slowSettings.askIfDue().doOnNext(fleet::accept).then(Mono.defer(this::askForClients));
    }

    private Mono<Void> askForClients() {
        PenState state = fleet.state(pen);
        return state.up()
                ? clients.askIfDue(state.reading().flatMap(Reading::settings))
                        .doOnNext(fleet::accept)
                        .then()
                : Mono.empty();
    }

    private Mono<PenState> answered(Answer<ServerTable> answer) {
        Duration took = Duration.ofNanos(answer.timing().totalNanos());
        listener.polled(pen, took);
        if (answer instanceof Answer.Failed<ServerTable> failed) {
            return Mono.just(
                    failed(Sampler.reason(failed.failure()), failed.failure().message(), took));
        }
        ServerTable table = ((Answer.Ok<ServerTable>) answer).value();
        budget.spent(answer.timing(), table.size());
        Slots slots = Sampler.slots(table);
        return processIdIfDue(slots).map(id -> polled(slots, id, answer.timing(), took));
    }

    private Mono<OptionalInt> processIdIfDue(Slots slots) {
        long now = clock.nanos();
        if (everAskedProcessId
                && now - processIdAsked < PROCESS_ID_NANOS
                && !fleet.state(pen).doubts(slots)) {
            return Mono.just(OptionalInt.empty());
        }
        everAskedProcessId = true;
        processIdAsked = now;
        return control.ask(Command.pid()).map(answer -> {
            if (answer instanceof Answer.Ok<Integer> ok) {
                budget.spent(ok.timing(), 1);
                return OptionalInt.of(ok.value());
            }
            return OptionalInt.empty();
        });
    }

    private PenState polled(Slots slots, OptionalInt processId, Answer.Timing timing, Duration took) {
        PenState before = fleet.state(pen);
        int listedBefore = before.last().map(r -> r.slots().size()).orElse(0);
        boolean sameProcess = processId.isPresent()
                && before.last().map(r -> r.processId().equals(processId)).orElse(false);
        if (slots.size() < listedBefore && sameProcess && shrunkTo != slots.size()) {
            // pen's table never shrinks: lines were lost. Seen twice, it is a new pen with the old one's process id.
            shrunkTo = slots.size();
            return failed(FailureReason.TRUNCATED, "listed " + slots.size() + " of " + listedBefore + " slots", took);
        }
        shrunkTo = -1;
        PenState now = fleet.accept(new Observation.Polled(
                pen,
                new Observation.Sample(
                        timing.endNanos(), clock.instant(), took, processId, budget.occupancy(), slots)));
        if (restarts(now) > restarts(before)) {
            slowSettings.askAgain();
            clients.penRestarted();
            log.restarted(now);
        }
        log.answered();
        told(now);
        return now;
    }

    private PenState failed(FailureReason reason, String message, Duration took) {
        log.failed(reason, message);
        PenState now = fleet.accept(new Observation.Failed(pen, reason, message, took));
        told(now);
        return now;
    }

    private static long restarts(PenState state) {
        return state.last().map(Reading::restarts).orElse(state.past().restarts());
    }

    private void told(PenState now) {
        listing = false;
        polls.tryEmitNext(now);
    }
}
