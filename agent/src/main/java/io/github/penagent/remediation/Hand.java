package io.github.penagent.remediation;

import io.github.penagent.penctl.Answer;
import io.github.penagent.penctl.Command;
import io.github.penagent.penctl.Control;
import io.github.penagent.penctl.Turn;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * The only class that changes a pen. It does what a permit says or less, one errand of a pen after another in the order of their
 * subscription, and reports what it saw. Everything goes through the pen's {@link Control}, where it takes its turn among the
 * polls; nothing blocks but the audit file, on a thread of its own.
 *
 * <p>What it may send is a question, {@code server N blacklist T} with two numbers of a permit, or {@code pending_max N}. Each is
 * written down before it is sent, and not sent if that fails.
 */
public final class Hand {
    private final Function<String, Optional<Control>> controls;
    private final AuditLog audit;
    private final Scheduler auditing;
    private final Senses senses;
    private final Supplier<LoadAllowance> allowance;
    private final Map<String, OnePen> pens = new ConcurrentHashMap<>();

    private record OnePen(Turn turn, Memory memory) {}

    /**
     * @param controls the control port of a pen by its name; empty for one that is no longer watched
     * @param auditing the one thread on which {@code audit} is used
     * @param allowance what status pages may cost, asked each time
     */
    public Hand(
            Function<String, Optional<Control>> controls,
            AuditLog audit,
            Scheduler auditing,
            Senses senses,
            Supplier<LoadAllowance> allowance) {
        this.controls = controls;
        this.audit = audit;
        this.auditing = auditing;
        this.senses = senses;
        this.allowance = allowance;
    }

    /**
     * Takes a backend out of pen, or keeps it out. Like the others, completes with exactly one value and never with an error; one
     * that is cancelled may have been sent.
     */
    public Mono<Event.Done> carryOut(Action.Eject eject) {
        return carryOut(eject.permit().slot().pen(), eject.permit().id(), eject.decision(), () -> Errand.of(eject));
    }

    /** Lets a backend in before its lease ends. */
    public Mono<Event.Done> carryOut(Action.Release release) {
        return carryOut(
                release.permit().slot().pen(), release.permit().id(), release.decision(), () -> Errand.of(release));
    }

    /** Makes room for failed connects. At best {@link WriteOutcome#WRITTEN}: pen shows it nowhere. */
    public Mono<Event.Done> carryOut(Action.RaisePending raise) {
        return carryOut(raise.pen(), raise.id(), raise.decision(), () -> Errand.of(raise));
    }

    private Mono<Event.Done> carryOut(String pen, long id, Decision decision, Supplier<Errand> errand) {
        OnePen one = one(pen);
        return one.turn().alone(Mono.defer(() -> {
            if (!one.memory().first(id)) {
                return Mono.just(
                        done(pen, id, Verdict.nothingSent("permit " + id + " was used before"), senses.nanos()));
            }
            return onAuditThread(() -> audit.decided(decision))
                    .flatMap(problem -> problem.map(why -> Mono.just(notAudited(pen, id, why)))
                            .orElseGet(() -> made(pen, id, errand, one.memory())))
                    .flatMap(done -> onAuditThread(() -> audit.outcome(decision, done.outcome(), done.seen()))
                            .thenReturn(done))
                    .doOnNext(done -> HandLog.done(decision, done));
        }));
    }

    private Mono<Optional<String>> onAuditThread(Supplier<Optional<String>> writing) {
        return Mono.fromSupplier(writing)
                .subscribeOn(auditing)
                .onErrorResume(ended -> Mono.just(Optional.of(String.valueOf(ended))));
    }

    private Mono<Event.Done> made(String pen, long id, Supplier<Errand> maker, Memory memory) {
        Optional<Control> control = controls.apply(pen);
        if (control.isEmpty()) {
            return Mono.just(done(pen, id, Verdict.nothingSent("this pen is not watched any more"), senses.nanos()));
        }
        Errand errand;
        try {
            errand = maker.get();
        } catch (IllegalArgumentException e) {
            return Mono.just(done(pen, id, Verdict.nothingSent(String.valueOf(e.getMessage())), senses.nanos()));
        }
        Carrying carrying = new Carrying(errand, control.get(), memory, senses, allowance.get());
        return Mono.defer(carrying::run)
                .onErrorResume(bug -> {
                    HandLog.bug(pen, bug);
                    return Mono.just(
                            carrying.sent()
                                    ? new Verdict(WriteOutcome.UNKNOWN, "unexpected error: " + bug)
                                    : Verdict.nothingSent("unexpected error: " + bug));
                })
                .map(verdict -> done(pen, id, verdict, carrying.sent() ? carrying.sentNanos() : senses.nanos()));
    }

    private Event.Done notAudited(String pen, long id, String why) {
        Verdict verdict = new Verdict(WriteOutcome.NOT_AUDITED, "nothing was sent: it cannot be recorded: " + why);
        return done(pen, id, verdict, senses.nanos());
    }

    private Event.Done done(String pen, long id, Verdict verdict, long sentNanos) {
        return new Event.Done(senses.nanos(), pen, id, verdict.outcome(), sentNanos, verdict.seen());
    }

    /**
     * What a pen's status page says of blacklists, ours and others'. Empty where there is no page, where it would take too much of
     * pen's time, and where pen could not be read or was restarted meanwhile.
     */
    public Mono<Event.StatusRead> status(String pen) {
        OnePen one = one(pen);
        return one.turn()
                .alone(Mono.defer(() -> Mono.justOrEmpty(controls.apply(pen)))
                        .flatMap(control -> status(pen, control, one.memory()))
                        .onErrorResume(bug -> {
                            HandLog.bug(pen, bug);
                            return Mono.empty();
                        }));
    }

    private Mono<Event.StatusRead> status(String pen, Control control, Memory memory) {
        long incarnation = senses.incarnation(pen);
        return pid(control).flatMap(pid -> memory.pages()
                .read(control, pid, allowance.get())
                .flatMap(reading -> pid(control)
                        .filter(pid::equals)
                        .filter(same -> senses.incarnation(pen) == incarnation)
                        .map(same -> read(pen, incarnation, reading, memory.pages()))));
    }

    private static Mono<Integer> pid(Control control) {
        return control.ask(Command.pid())
                .flatMap(answer -> answer instanceof Answer.Ok<Integer> ok ? Mono.just(ok.value()) : Mono.empty());
    }

    private Event.StatusRead read(String pen, long incarnation, PageReading reading, StatusPages pages) {
        long penTime = reading.penTimeByOurs(pages.offset());
        return new Event.StatusRead(
                senses.nanos(), pen, incarnation, reading.secondsLeft(penTime), OptionalDouble.of((double)
                        reading.offset(penTime)));
    }

    private OnePen one(String pen) {
        return pens.computeIfAbsent(pen, name -> new OnePen(new Turn(), new Memory(new StatusPages(name, senses))));
    }
}
