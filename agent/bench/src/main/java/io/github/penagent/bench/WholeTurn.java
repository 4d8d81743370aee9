package io.github.penagent.bench;

import io.github.penagent.fleet.Fleet;
import io.github.penagent.fleet.PenState;
import io.github.penagent.fleet.Reading;
import io.github.penagent.metrics.Page;
import io.github.penagent.penctl.Endpoint;
import io.github.penagent.penctl.PenClient;
import io.github.penagent.penctl.Transport;
import io.github.penagent.poll.Clock;
import io.github.penagent.poll.PollListener;
import io.github.penagent.poll.PollSettings;
import io.github.penagent.poll.Poller;
import io.github.penagent.poll.RecentClientsSettings;
import io.github.penagent.poll.Target;
import io.github.penagent.poll.WarmUp;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * All that the agent does for a poll: the reply becomes a state, which is put down for the page, and what else is due is asked in
 * the same turn. Polls are wished for one by one, as a probe does, since the agent's own rhythm is never faster than 50 a second.
 */
final class WholeTurn implements Asker {
    private static final Duration DEADLINE = Duration.ofSeconds(2);

    private final Transport transport = Transport.create(1);
    private final Page page = new Page();
    private final Fleet fleet;
    private final Poller poller;
    private final Disposable.Swap polling = Disposables.swap();

    WholeTurn(List<Integer> ports) {
        List<Target> targets = IntStream.range(0, ports.size())
                .mapToObj(i -> target(i, ports.get(i)))
                .toList();
        fleet = new Fleet(targets.stream().map(Target::name).toList(), page::changed);
        poller = new Poller(targets, this::line, context(fleet));
    }

    private static Target target(int place, int port) {
        return new Target(name(place), new Endpoint.Tcp("127.0.0.1", port), Optional.empty());
    }

    private static String name(int place) {
        return "pen-" + place;
    }

    private Poller.Line line(Target target) {
        PenClient client = transport.client(target.control(), DEADLINE);
        return new Poller.Line(client, Schedulers.fromExecutorService(client.loop()));
    }

    /** As the agent is by default, but for its rhythm. */
    private static Poller.Context context(Fleet fleet) {
        return new Poller.Context(
                fleet,
                new PollSettings(PollSettings.MAX_INTERVAL, DEADLINE, PollSettings.MAX_LOAD),
                new RecentClientsSettings(true, Duration.ofMinutes(5), Duration.ofSeconds(30), 0),
                Clock.SYSTEM,
                new Random(),
                PollListener.NONE);
    }

    @Override
    public void prepare() {
        WarmUp.run(transport, new Page()::changed).block();
        // By itself each pen is asked once now, and then a day later.
        polling.update(poller.run().subscribe());
    }

    @Override
    public Mono<Integer> ask(int pen) {
        return poller.reread(name(pen))
                .orElseThrow()
                .map(state -> reading(state).slots().size());
    }

    private static Reading reading(PenState state) {
        return state.reading().orElseThrow(() -> new IllegalStateException("a pen was not read: " + state.failure()));
    }

    @Override
    public Totals last(int pen) {
        return Totals.of(reading(fleet.state(name(pen))).slots());
    }

    @Override
    public void close() {
        polling.dispose();
        transport.close();
    }
}
