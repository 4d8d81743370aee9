package io.github.penagent;

import io.github.penagent.config.Settings;
import io.github.penagent.fleet.Fleet;
import io.github.penagent.fleet.Past;
import io.github.penagent.fleet.PenState;
import io.github.penagent.metrics.Page;
import io.github.penagent.penctl.Control;
import io.github.penagent.penctl.PenClient;
import io.github.penagent.penctl.Transport;
import io.github.penagent.poll.Clock;
import io.github.penagent.poll.PollListener;
import io.github.penagent.poll.Poller;
import io.github.penagent.poll.Target;
import io.github.penagent.poll.WarmUp;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * The watching half of the agent, put together. A datum's way: {@link Poller} asks through {@link PenClient}, {@link Fleet}
 * compares, {@link Page} renders.
 */
final class Watching implements AutoCloseable {
    /** One more than a machine that runs pens has to spare; a poll is a tenth of a millisecond. */
    private static final int CONTROL_THREADS = 1;

    private final Transport transport = Transport.create(CONTROL_THREADS);
    private final Map<String, PenClient> clients = new ConcurrentHashMap<>();
    private final Page page = new Page();
    private final Fleet.Listener listener;
    private final Fleet fleet;
    private final Poller poller;

    /** Of the client that is made next. */
    private volatile Settings settings;

    /**
     * Nothing is asked before {@link #run()} is subscribed to.
     *
     * @param listener told of each change after the page
     */
    Watching(Settings settings, Clock clock, PollListener polls, Fleet.Listener listener) {
        this.settings = settings;
        this.listener = listener;
        fleet = new Fleet(names(settings), new Change());
        poller = new Poller(
                settings.pens(),
                this::line,
                new Poller.Context(fleet, settings.poll(), settings.recentClients(), clock, new Random(), polls));
    }

    private static List<String> names(Settings settings) {
        return settings.pens().stream().map(Target::name).toList();
    }

    private Poller.Line line(Target target) {
        PenClient client = clients.computeIfAbsent(
                target.name(),
                name -> transport.client(target.control(), settings.poll().deadline()));
        return new Poller.Line(client, Schedulers.fromExecutorService(client.loop()));
    }

    /** Polls for as long as it is subscribed to; never completes. */
    Mono<Void> run() {
        return WarmUp.run(transport, new Page()::changed).then(poller.run());
    }

    /**
     * From now on watches these pens by these settings. Those that were watched before keep their counters. One call at a time.
     *
     * @param elsewhere pens that other agents watch and this one may watch again
     * @param left what another agent left of a pen that is new here
     * @param before is run when new pens are known and before they are asked
     */
    void use(Settings now, Set<String> elsewhere, Function<String, Optional<Past>> left, Runnable before) {
        settings = now;
        for (Target target : now.pens()) {
            PenClient client = clients.get(target.name());
            if (client != null) {
                client.use(target.control(), now.poll().deadline());
            }
        }
        fleet.watch(names(now), elsewhere, left);
        before.run();
        poller.watch(now.pens(), now.poll(), now.recentClients());
        clients.keySet().retainAll(names(now));
    }

    Page page() {
        return page;
    }

    Fleet fleet() {
        return fleet;
    }

    Poller poller() {
        return poller;
    }

    /** The control port of the pen that has this name now, and not of one that has it later. */
    Optional<Control> control(String pen) {
        return Optional.ofNullable(clients.get(pen)).map(PenClient::here);
    }

    @Override
    public void close() {
        transport.close();
    }

    /** The page is made before anybody reads it. */
    private final class Change implements Fleet.Listener {
        @Override
        public void changed(PenState pen) {
            page.changed(pen);
            listener.changed(pen);
        }

        @Override
        public void gone(String pen) {
            page.gone(pen);
            listener.gone(pen);
        }
    }
}
