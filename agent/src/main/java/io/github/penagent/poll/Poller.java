package io.github.penagent.poll;

import io.github.penagent.fleet.Fleet;
import io.github.penagent.fleet.PenState;
import io.github.penagent.penctl.Control;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;

/** Watches all pens, each on its own rhythm and all on a handful of threads. */
public final class Poller {
    private final Map<String, PenWatch> watches = new ConcurrentHashMap<>();
    private final Sinks.Many<PenWatch> begun = Sinks.many().unicast().onBackpressureBuffer();
    private final Function<Target, Line> lines;
    private final Context context;

    /**
     * What all watches share.
     *
     * @param fleet where the facts go
     * @param poll at first
     * @param recentClients at first
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
            PollListener listener) {
        Context with(PollSettings newPoll, RecentClientsSettings newRecentClients) {
            return new Context(fleet, newPoll, newRecentClients, clock, random, listener);
        }
    }

    /**
     * One pen's control port and the one thread on which it is watched.
     */
    public record Line(Control control, Scheduler scheduler) {}

    /**
     * Nothing is asked before {@link #run()} is subscribed to.
     *
     * @param lines the line to a pen that was not watched before
     */
    public Poller(List<Target> targets, Function<Target, Line> lines, Context context) {
        this.lines = lines;
        this.context = context;
        begin(targets, context);
    }

    /**
     * From now on watches these pens by these settings. Pens that were watched before go on without a gap, whether or not their
     * address is another one: that is between their line and whoever made it. One call at a time.
     */
    public void watch(List<Target> targets, PollSettings poll, RecentClientsSettings recentClients) {
        Set<String> gone = new HashSet<>(watches.keySet());
        targets.forEach(target -> gone.remove(target.name()));
        gone.forEach(name -> Optional.ofNullable(watches.remove(name)).ifPresent(PenWatch::end));
        targets.forEach(target -> Optional.ofNullable(watches.get(target.name()))
                .ifPresent(watch -> watch.change(target, poll, recentClients)));
        begin(
                targets.stream()
                        .filter(target -> !watches.containsKey(target.name()))
                        .toList(),
                context.with(poll, recentClients));
    }

    private void begin(List<Target> targets, Context present) {
        long interval = present.poll().interval().toNanos();
        int place = 0;
        for (Target target : targets) {
            Line line = lines.apply(target);
            Rhythm rhythm = new Rhythm(interval, present.random(), Rhythm.ramp(place++, targets.size(), interval));
            PenWatch watch = new PenWatch(target, line.control(), line.scheduler(), rhythm, present);
            watches.put(target.name(), watch);
            begun.tryEmitNext(watch);
        }
    }

    /** Polls all pens for as long as it is subscribed to, once. */
    public Mono<Void> run() {
        return begun.asFlux().flatMap(PenWatch::run, Integer.MAX_VALUE).then();
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
