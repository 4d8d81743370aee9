package io.github.penagent.simulation;

import io.github.penagent.health.Cause;
import io.github.penagent.health.Check;
import io.github.penagent.health.Result;
import io.github.penagent.health.probe.Examiner;
import java.time.Duration;
import reactor.core.publisher.Mono;

/** Checks simulated backends, and makes requests through the simulated pen. */
final class SimulatedExaminer implements Examiner {
    private static final int FIRST_PORT = 61_000;

    private final World world;
    private final Threads threads;
    private int requests;

    SimulatedExaminer(World world, Threads threads) {
        this.world = world;
        this.threads = threads;
    }

    @Override
    public Mono<Result> examine(Check check, String address) {
        Duration timeout = check.pace().timeout();
        return Mono.defer(() -> address.equals(Pen.LISTEN) ? throughPen(timeout) : directly(address, timeout));
    }

    private Mono<Result> directly(String address, Duration timeout) {
        long began = world.time().nanos();
        Watcher.Glimpse glimpse = world.watcher().look(address, timeout);
        return Mono.delay(glimpse.takes(), threads).map(over -> result(glimpse.seen(), began, timeout));
    }

    private Mono<Result> throughPen(Duration timeout) {
        long began = world.time().nanos();
        if (world.pen().isDown()) {
            return Mono.just(result(Watcher.Seen.REFUSED, began, timeout));
        }
        Mono<Watcher.Seen> answer = Mono.create(sink -> {
            Request request = world.watcher()
                    .request(
                            FIRST_PORT + requests++ % 1_000,
                            right -> threads.schedule(
                                    () -> sink.success(right ? Watcher.Seen.GOOD : Watcher.Seen.WRONG)));
            sink.onCancel(request::cut);
            world.pen().connect(request);
        });
        return Mono.firstWithSignal(answer, Mono.delay(timeout, threads).map(late -> Watcher.Seen.SILENT))
                .map(seen -> result(seen, began, timeout));
    }

    /** Who slept over an answer has not seen it. */
    private Result result(Watcher.Seen seen, long began, Duration timeout) {
        long now = world.time().nanos();
        Watcher.Seen known = now - began > timeout.toNanos() ? Watcher.Seen.SILENT : seen;
        return switch (known) {
            case GOOD -> new Result.Good(began, now, "200");
            case WRONG -> new Result.Bad(began, now, Cause.WRONG, "500");
            case REFUSED -> new Result.Bad(began, now, Cause.REFUSED, "refused");
            case SILENT -> new Result.Bad(began, now, Cause.SILENT, "no answer in time");
            case NOTHING -> new Result.Unknown(began, now, "no route");
        };
    }
}
