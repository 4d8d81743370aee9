package io.github.penagent.poll;

import io.github.penagent.fleet.Fleet;
import io.github.penagent.fleet.PenState;
import io.github.penagent.penctl.Control;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Watches all pens, each on its own rhythm and all on a handful of threads. */
public final class Poller {
    private final Map<String, PenWatch> watches = new LinkedHashMap<>();

    /**
     * What all watches share.
     *
     * @param fleet where the facts go
     * @param clock both times
     * @param random for jitter
     * @param listener told of each poll
     */
    public record Context(
            Fleet fleet,
            PollSettings poll,
            RecentClientsSettings recentClients,
            Clock clock,
            RandomGenerator random,
            PollListener listener) {}

    /**
     * One pen's control port and the one thread on which it is watched.
     */
    public record Line(Control control, Scheduler scheduler) {}

    /** Nothing is asked before {@link #run()} is subscribed to. */
    public Poller(List<Target> targets, Function<Target, Line> lines, Context context) {
        long interval = context.poll().interval().toNanos();
        int place = 0;
        for (Target target : targets) {
            Line line = lines.apply(target);
            Rhythm rhythm = new Rhythm(interval, context.random(), Rhythm.ramp(place++, targets.size(), interval));
            watches.put(target.name(), new PenWatch(target, line.control(), line.scheduler(), rhythm, context));
        }
    }

    /** Polls all pens for as long as it is subscribed to. */
    public Mono<Void> run() {
        return Flux.fromIterable(watches.values())
                .flatMap(PenWatch::run, Integer.MAX_VALUE)
                .then();
    }

    /** The state of one pen after a poll not older than the interval, polling now if need be; absent if unknown. */
    public Optional<Mono<PenState>> fresh(String pen) {
        return Optional.ofNullable(watches.get(pen)).map(PenWatch::fresh);
    }

    /** The state of one pen after a poll that ends from now on, polling now if none is under way; absent if unknown. */
    public Optional<Mono<PenState>> reread(String pen) {
        return Optional.ofNullable(watches.get(pen)).map(PenWatch::reread);
    }

    /** Counts one connection to this pen as this agent's own, which shows nowhere. */
    public void ownConnection(String pen) {
        Optional.ofNullable(watches.get(pen)).ifPresent(PenWatch::ownConnection);
    }
}
