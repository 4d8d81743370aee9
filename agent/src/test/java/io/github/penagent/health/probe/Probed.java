package io.github.penagent.health.probe;

import io.github.penagent.health.Cause;
import io.github.penagent.health.Check;
import io.github.penagent.health.Pace;
import io.github.penagent.health.Question;
import io.github.penagent.health.Result;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;

/** A prober in virtual time, and backends that answer as they are told. */
final class Probed implements Examiner {
    static final Pace PACE = new Pace(Duration.ofSeconds(5), Duration.ofMillis(200), Duration.ofSeconds(2), 3, 2);
    static final Check TCP = new Check("tcp", Set.of(), Set.of(), new Question.Tcp(), PACE);

    /** One exchange that began. */
    record Asked(String check, String address, long millis) {}

    /** One result that was heard. */
    record Heard(String pen, String address, Result result) {}

    final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    final List<Asked> asked = new ArrayList<>();
    final List<Heard> heard = new ArrayList<>();
    final Prober prober;

    /** How an address answers, after {@link #takes}; good if not said otherwise. */
    final Map<String, Cause> bad = new HashMap<>();

    Function<String, Duration> takes = address -> Duration.ofMillis(1);
    boolean troubled;
    int open;
    int mostOpen;
    int cancelled;
    private final Disposable running;

    Probed(Check... checks) {
        prober = new Prober(
                List.of(checks),
                this,
                time,
                this::nanos,
                new Random(1),
                (pen, address, check, result, after) -> heard.add(new Heard(pen, address, result)));
        running = prober.run().subscribe();
    }

    @Override
    public Mono<Result> examine(Check check, String address) {
        return Mono.defer(() -> {
            long started = nanos();
            asked.add(new Asked(check.name(), address, millis()));
            open++;
            mostOpen = Math.max(mostOpen, open);
            return Mono.delay(takes.apply(address), time)
                    .map(late -> answer(address, started))
                    .doOnCancel(() -> cancelled++)
                    .doFinally(end -> open--);
        });
    }

    private Result answer(String address, long started) {
        if (troubled) {
            return new Result.Unknown(started, nanos(), "no file descriptor");
        }
        Cause cause = bad.get(address);
        return cause == null
                ? new Result.Good(started, nanos(), "fine")
                : new Result.Bad(started, nanos(), cause, "not fine");
    }

    void watch(String pen, String... addresses) {
        prober.watch(pen, Set.of(addresses));
        pass(Duration.ZERO);
    }

    void pass(Duration duration) {
        time.advanceTimeBy(duration);
    }

    List<Long> timesOf(String address) {
        return asked.stream()
                .filter(a -> a.address().equals(address))
                .map(Asked::millis)
                .toList();
    }

    CheckView view(String pen, String address) {
        return prober.views(pen).stream()
                .filter(view -> view.address().equals(address))
                .findFirst()
                .orElseThrow();
    }

    void stop() {
        running.dispose();
    }

    long millis() {
        return time.now(TimeUnit.MILLISECONDS);
    }

    private long nanos() {
        return time.now(TimeUnit.NANOSECONDS);
    }
}
