package io.github.penagent;

import io.github.penagent.cluster.ClusterSettings;
import io.github.penagent.cluster.FixedShare;
import io.github.penagent.cluster.Ownership;
import io.github.penagent.cluster.SharedWork;
import io.github.penagent.cluster.etcd.Etcd;
import io.github.penagent.fleet.PenState;
import io.github.penagent.fleet.Reading;
import io.github.penagent.metrics.AgentMeters;
import io.github.penagent.poll.Clock;
import io.github.penagent.poll.Target;
import io.github.penagent.web.Others;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** How pens are shared among agents, put together. Where there is one agent, nothing of it runs. */
final class Sharing implements AutoCloseable {
    /** How often the core is told whether ownership can be proved; each write asks by itself. */
    private static final Duration LOOK = Duration.ofMillis(250);

    /** To hand everything over. */
    private static final Duration FAREWELL = Duration.ofSeconds(2);

    private final Ownership ownership;
    private final Supplier<SharedWork.Me> me;
    private final @Nullable Shared shared;

    /** What was kept of a pen last. */
    private final Map<String, Mark> marks = new ConcurrentHashMap<>();

    /** Asked for each second, and put together when it is another. */
    private volatile Told told = new Told(Ownership.Members.NONE, Others.NONE);

    private record Told(Ownership.Members members, Others others) {}

    private record Shared(SharedWork work, Etcd etcd, Scheduler scheduler) {}

    /** Which run of which backends a reading shows: another one is kept at once. */
    private record Mark(Reading reading) {
        boolean isOtherThan(@Nullable Mark before) {
            return before == null
                    || reading.restarts() != before.reading.restarts()
                    || !reading.processId().equals(before.reading.processId())
                    || reading.clients().isPresent() != before.reading.clients().isPresent()
                    || !reading.slots().sameBackends(before.reading.slots());
        }
    }

    /**
     * @param me this agent, once it listens
     * @param left what is to go with a pen to its next owner
     */
    Sharing(
            ClusterSettings settings,
            Supplier<SharedWork.Me> me,
            Function<String, Optional<Handover>> left,
            AgentMeters meters,
            Clock clock) {
        this.me = me;
        if (settings instanceof ClusterSettings.OnEtcd wanted) {
            Scheduler scheduler = Schedulers.newSingle("pen-share", true);
            Etcd etcd = Etcd.open(wanted.etcd(), wanted.ttl().dividedBy(5));
            SharedWork work = new SharedWork(
                    etcd, wanted.prefix(), me, wanted.ttl(), scheduler, clock::nanos, clock::instant, pen -> left.apply(
                                    pen)
                            .map(Handover::text));
            shared = new Shared(work, etcd, scheduler);
            ownership = work;
            meters.sharing(() -> work.members().addresses().size(), work::owned, work::moves, work::coordinated);
        } else {
            shared = null;
            ownership = settings instanceof ClusterSettings.Shard one
                    ? new FixedShare(one.shard(), one.of())
                    : new FixedShare(1, 1);
        }
    }

    /** Those of these pens that are ours, and from now on of these. */
    List<Target> ours(List<Target> all) {
        ownership.pens(all.stream().map(Target::name).toList());
        return all.stream().filter(pen -> ownership.isOurs(pen.name())).toList();
    }

    /** Those of these pens that were ours without a break since this was asked last. */
    List<Target> kept(List<Target> before) {
        Set<String> lost = ownership.lost();
        return lost.isEmpty()
                ? before
                : before.stream().filter(pen -> !lost.contains(pen.name())).toList();
    }

    /** The pens that are others' now and may be ours later; absent where pens do not move. */
    Optional<Set<String>> elsewhere(List<Target> all, List<Target> ours) {
        if (shared == null) {
            return Optional.empty();
        }
        Set<String> others = new HashSet<>();
        all.forEach(pen -> others.add(pen.name()));
        ours.forEach(pen -> others.remove(pen.name()));
        return Optional.of(others);
    }

    /** Where the agent can be scraped that has this pen, if that is another one. */
    Optional<String> owner(String pen) {
        return ownership.isOurs(pen) ? Optional.empty() : ownership.members().addressOf(pen);
    }

    /** The others, for people and for Prometheus. */
    @SuppressWarnings("ReferenceEquality") // What has not changed is the same object.
    Others others() {
        Ownership.Members members = ownership.members();
        Told last = told;
        if (last.members() == members) {
            return last.others();
        }
        Others others = others(members);
        told = new Told(members, others);
        return others;
    }

    private Others others(Ownership.Members members) {
        if (members.addresses().isEmpty()) {
            return Others.NONE;
        }
        Map<String, String> owners = new HashMap<>();
        members.owners().keySet().forEach(pen -> owner(pen).ifPresent(address -> owners.put(pen, address)));
        return new Others(
                me.get().address(), members.addresses().values().stream().toList(), owners);
    }

    boolean mayAct(String pen) {
        return ownership.mayAct(pen);
    }

    /** What the owner before left of a pen. */
    Optional<Handover> past(String pen) {
        return ownership.past(pen).flatMap(text -> Handover.read(pen, text));
    }

    /** What is left of a pen is another now. */
    void remember(String pen) {
        ownership.remember(pen);
    }

    /** A pen of ours has another state. */
    void changed(PenState pen) {
        if (shared != null) {
            pen.reading()
                    .map(Mark::new)
                    .filter(mark -> mark.isOtherThan(marks.put(pen.name(), mark)))
                    .ifPresent(mark -> ownership.remember(pen.name()));
        }
    }

    void gone(String pen) {
        marks.remove(pen);
    }

    /** Who has what, each time that is another; what is {@link #ours} may be, too. */
    Flux<Ownership.Members> changes() {
        return ownership.changes();
    }

    /** Whether it can be proved that ours are ours, each time that is another. */
    Flux<Boolean> proven() {
        Shared present = shared;
        return present == null
                ? Flux.never()
                : Flux.interval(LOOK, present.scheduler())
                        .onBackpressureDrop()
                        .map(tick -> present.work().proven())
                        .distinctUntilChanged();
    }

    /** Works for as long as it is subscribed to; never completes. */
    Mono<Void> run() {
        return ownership.run();
    }

    /** Leaves the others in order; nothing of ours may be written to any more. */
    @Override
    public void close() {
        if (shared != null) {
            ownership.leave().timeout(FAREWELL).onErrorComplete().block();
            shared.etcd().close();
            shared.scheduler().dispose();
        }
    }
}
