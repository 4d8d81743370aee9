package io.github.penagent.poll;

import io.github.penagent.fleet.Fleet;
import io.github.penagent.fleet.PenState;
import io.github.penagent.penctl.LoopbackPen;
import io.github.penagent.penctl.PenClient;
import io.github.penagent.penctl.Transport;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Polls a listener of the agent's own until the code that polls is loaded and mostly compiled. An agent that compiles
 * while it polls is late, and where commands cannot travel with the connect it holds pens up.
 */
public final class WarmUp {
    private static final Logger log = LoggerFactory.getLogger(WarmUp.class);
    private static final int POLLS = 300;
    private static final Duration LIMIT = Duration.ofSeconds(1);

    private WarmUp() {}

    /** Completes when warm, at the latest after a second; never fails. {@code changed} is warmed along with it. */
    public static Mono<Void> run(Transport transport, Consumer<PenState> changed) {
        return LoopbackPen.open(transport)
                .flatMap(pen -> poll(transport, pen, changed).doFinally(end -> pen.close()))
                .take(LIMIT)
                .onErrorResume(e -> {
                    log.atWarn().addKeyValue("err", e.getMessage()).log("no warm-up: the first polls will be slow");
                    return Mono.empty();
                });
    }

    private static Mono<Void> poll(Transport transport, LoopbackPen pen, Consumer<PenState> changed) {
        Target target = new Target("warm-up", pen.endpoint(), Optional.empty());
        PenClient client = transport.client(target.control(), LIMIT);
        Scheduler loop = Schedulers.fromExecutorService(client.loop());
        Poller.Context context = new Poller.Context(
                new Fleet(List.of(target.name()), changed::accept),
                new PollSettings(PollSettings.MIN_INTERVAL, LIMIT, PollSettings.MAX_LOAD),
                new RecentClientsSettings(true, LIMIT, LIMIT, 0),
                Clock.SYSTEM,
                new Random(),
                PollListener.NONE);
        PenWatch watch = new PenWatch(target, client, loop, new Rhythm(1, context.random(), 0), context);
        return watch.turn().repeat(POLLS).then().subscribeOn(loop);
    }
}
