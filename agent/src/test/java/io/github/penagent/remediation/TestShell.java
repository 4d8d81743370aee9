package io.github.penagent.remediation;

import io.github.penagent.fleet.Observation;
import io.github.penagent.fleet.PenState;
import io.github.penagent.fleet.Remedy;
import io.github.penagent.fleet.Slots;
import io.github.penagent.health.Cause;
import io.github.penagent.health.Check;
import io.github.penagent.health.Pace;
import io.github.penagent.health.PassiveSettings;
import io.github.penagent.health.Question;
import io.github.penagent.health.Result;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongFunction;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

/** The shell around the core with a pen of three backends, polls and checks, all in virtual time. */
final class TestShell {
    private static final Duration STEP = Duration.ofMillis(100);
    private static final Check HOME = new Check(
            "home",
            Set.of(),
            Set.of(),
            new Question.Tcp(),
            new Pace(Duration.ofSeconds(1), Duration.ofMillis(200), Duration.ofSeconds(1), 3, 2));

    final Path auditFile;
    final TestPen pen;
    final DecisionLog decisions = new DecisionLog();
    final List<Remedy> published = new ArrayList<>();
    final Remediation remediation;
    PenState state = PenState.unknown("web");

    /** The backend that refuses; empty for none. */
    String dead = "";

    Mono<Void> reread = Mono.empty();
    boolean recheckFails;
    boolean showFails;
    int rereads;
    int rechecks;

    private final StateFile stateFile;
    private final Disposable running;
    private boolean ended;
    private long bytes;
    private int steps;

    TestShell(Path folder, Mode mode) {
        this(folder, rules(folder, mode, HOME));
    }

    TestShell(Path folder, Rules rules) {
        auditFile = folder.resolve("audit.jsonl");
        stateFile = new StateFile(folder.resolve("state.json"));
        pen = new TestPen(auditFile);
        pen.incarnation = 0;
        Means means = new Means(
                pen::nanos,
                pen::wall,
                pen.hand,
                name -> Mono.defer(() -> {
                    rereads++;
                    return reread;
                }),
                name -> recheck(),
                (name, remedy) -> show(remedy));
        Records records = new Records(decisions, pen.audit, stateFile, pen.time);
        remediation = new Remediation(rules, means, records, pen.time);
        running = remediation.run().doOnTerminate(() -> ended = true).subscribe();
    }

    /** What became of the alerts of one message. */
    Optional<List<AlertOutcome>> alerted(List<AlertReading> message) {
        AtomicReference<List<AlertOutcome>> outcomes = new AtomicReference<>();
        remediation.alerted(message).ifPresent(heard -> heard.subscribe(outcomes::set));
        pass(STEP);
        return Optional.ofNullable(outcomes.get());
    }

    private void recheck() {
        rechecks++;
        if (recheckFails) {
            throw new IllegalStateException("no recheck");
        }
    }

    private void show(Remedy remedy) {
        if (showFails) {
            throw new IllegalStateException("no page");
        }
        published.add(remedy);
    }

    static Rules rules(Path folder, Mode mode) {
        return rules(folder, mode, HOME);
    }

    /** Rules with which the core fails whenever it thinks of a pen. */
    @SuppressWarnings("NullAway") // Nothing that the types allow makes it fail.
    static Rules broken(Path folder, Mode mode) {
        return rules(folder, mode, new Check("broken", Set.of(), Set.of(), new Question.Tcp(), null));
    }

    private static Rules rules(Path folder, Mode mode, Check check) {
        RemediationSettings settings = SettingsFixture.in(folder)
                .mode(mode, "web")
                .warmUp(Duration.ofSeconds(2))
                .pendingMax(0)
                .settings();
        return new Rules(List.of("web"), settings, List.of(check), new PassiveSettings(true, 3, 4_096), 0.01);
    }

    /** Lets time pass, with a poll twice a second and a round of checks five times. */
    void pass(Duration duration) {
        for (long left = duration.toNanos(); left > 0; left -= STEP.toNanos()) {
            pen.time.advanceTimeBy(STEP);
            if (++steps % 5 == 0) {
                poll();
            }
            if (steps % 2 == 0) {
                pen.addresses.forEach(this::check);
            }
        }
        pen.time.advanceTimeBy(Duration.ofMillis(1));
    }

    private void check(String address) {
        long now = pen.nanos();
        Result result = address.equals(dead)
                ? new Result.Bad(now, now, Cause.REFUSED, "connection refused")
                : new Result.Good(now, now, "accepted");
        remediation.checked("web", address, "home", result);
    }

    /** A poll in which all that are alive have moved. */
    void poll() {
        bytes += 1_000;
        Slots.Builder slots = Slots.builder(pen.addresses.size());
        for (int i = 0; i < pen.addresses.size(); i++) {
            String address = pen.addresses.get(i);
            slots.traffic(i, address, 0, bytes);
        }
        if (!dead.isEmpty()) {
            int at = pen.addresses.indexOf(dead);
            long still = state.last().orElseThrow().slots().received(at);
            slots.traffic(at, dead, 0, still);
        }
        state = state.next(new Observation.Polled(
                "web",
                new Observation.Sample(
                        pen.nanos(), pen.wall(), Duration.ofMillis(1), OptionalInt.of(100), 0.001, slots.build())));
        remediation.polled(state);
    }

    void tell(LongFunction<Event> event) {
        remediation.tell(event);
    }

    Remedy remedy() {
        return published.get(published.size() - 1);
    }

    List<DecisionLog.Entry> shown(Decision.Kind kind) {
        return decisions.newestFirst().stream()
                .filter(entry -> entry.decision().kind() == kind)
                .toList();
    }

    Kept kept() {
        return ((StateFile.Loaded.Good) stateFile.load(pen.wall())).kept();
    }

    boolean ended() {
        return ended;
    }

    void stop() {
        running.dispose();
    }
}
