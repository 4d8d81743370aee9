package io.github.penagent.cluster;

import io.github.penagent.cluster.etcd.Entry;
import io.github.penagent.cluster.etcd.Etcd;
import io.github.penagent.cluster.etcd.EtcdFailure;
import io.github.penagent.cluster.etcd.Guarded;
import io.github.penagent.cluster.etcd.KeyValue;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;

/**
 * Work that is shared on etcd. Every member is registered under a lease; each pen belongs to the member that {@link Rendezvous} picks
 * among those registered, as soon as that member has put its claim there, which works only while there is no other. Claims hang on
 * the member's lease and go with it.
 *
 * <p>While etcd is out of reach an agent watches on what it owned, takes nothing new, and after some seconds, when it cannot prove any
 * more that the pens are its own, writes to none of them. All state is confined to one thread but for what {@link Ownership} tells.
 */
public final class SharedWork implements Ownership {
    private static final Logger log = LoggerFactory.getLogger(SharedWork.class);

    /** After a failure. */
    private static final Duration RETRY = Duration.ofMillis(500);

    /** Without news. */
    private static final Duration ROUND = Duration.ofSeconds(1);

    /** What changes together is looked at together. */
    private static final Duration GATHER = Duration.ofMillis(50);

    /** How many pens are taken, given back or written about in one round, so that each request is answered in time. */
    private static final int PORTION = 512;

    /** Between letting go of a pen and saying so: by then no command about it is left in this process. */
    private static final Duration LAST_WORD = Duration.ofMillis(250);

    private final Etcd etcd;
    private final Keys keys;
    private final Supplier<Me> myself;
    private final Scheduler scheduler;
    private final Function<String, Optional<String>> pastOf;
    private final Lease lease;
    private final View view;
    private final Sinks.Many<Boolean> news = Sinks.many().multicast().directBestEffort();
    private final Sinks.Many<Members> told = Sinks.many().replay().latest();

    private volatile Set<String> all = Set.of();
    private volatile Set<String> ours = Set.of();
    private volatile Map<String, String> pasts = Map.of();
    private volatile Members members = Members.NONE;
    private final AtomicLong moves = new AtomicLong();
    private volatile boolean connected;
    private final Set<String> toKeep = ConcurrentHashMap.newKeySet();
    private final Set<String> lost = ConcurrentHashMap.newKeySet();

    private Me me = new Me("", "");
    private Set<String> wanted = Set.of();
    private Set<String> wantedOf = Set.of();
    private Set<String> wantedAmong = Set.of();

    /** Being given back: no longer ours, and still claimed. */
    private final Set<String> leaving = new HashSet<>();

    /** The lease of the registration that was told of. */
    private long joining;

    private boolean failed;
    private boolean doubled;

    /**
     * This agent among the members.
     *
     * @param name no other member's; the same after a restart, so that its pens come back to it
     * @param address where it can be scraped, {@code host:port}
     */
    public record Me(String name, String address) {}

    /**
     * Does nothing before {@link #run()} is subscribed to.
     *
     * @param prefix of all keys, without a slash at its end
     * @param myself asked once, when work begins
     * @param ttl of the lease
     * @param scheduler with one thread
     * @param nanos a monotonic clock
     * @param pastOf what to leave of a pen to its next owner; on the scheduler's thread
     */
    public SharedWork(
            Etcd etcd,
            String prefix,
            Supplier<Me> myself,
            Duration ttl,
            Scheduler scheduler,
            LongSupplier nanos,
            InstantSource wall,
            Function<String, Optional<String>> pastOf) {
        this.etcd = etcd;
        this.keys = new Keys(prefix);
        this.myself = myself;
        this.scheduler = scheduler;
        this.pastOf = pastOf;
        this.lease = new Lease(etcd, ttl, scheduler, new Proof(ttl, nanos, wall), this::leaseLost);
        this.view = new View(keys);
    }

    @Override
    public void pens(Collection<String> pens) {
        all = Set.copyOf(pens);
        news.tryEmitNext(true);
    }

    @Override
    public boolean isOurs(String pen) {
        return ours.contains(pen);
    }

    @Override
    public Set<String> lost() {
        Set<String> gone = new HashSet<>(lost);
        lost.removeAll(gone);
        return gone;
    }

    @Override
    public boolean mayAct(String pen) {
        return ours.contains(pen) && lease.isProven();
    }

    @Override
    public Optional<String> past(String pen) {
        return Optional.ofNullable(pasts.get(pen));
    }

    @Override
    public void remember(String pen) {
        toKeep.add(pen);
    }

    @Override
    public Members members() {
        return members;
    }

    @Override
    public Flux<Members> changes() {
        return told.asFlux();
    }

    /** Whether etcd answers, and ownership can be proved by it. */
    public boolean coordinated() {
        return connected && proven();
    }

    /** Whether it can be proved now that ours are ours. */
    public boolean proven() {
        return lease.isProven();
    }

    /** How many pens are this agent's. */
    public int owned() {
        return ours.size();
    }

    /** How many pens have become this agent's, or ceased to be, since the start. */
    public long moves() {
        return moves.get();
    }

    @Override
    public Mono<Void> run() {
        return Mono.fromRunnable(() -> me = myself.get())
                .thenMany(Mono.defer(this::session)
                        .onErrorResume(EtcdFailure.class, failure -> {
                            outOfReach(failure);
                            return Mono.delay(RETRY, scheduler).then();
                        })
                        .repeat())
                .subscribeOn(scheduler)
                .then();
    }

    @Override
    public Mono<Void> leave() {
        return Mono.defer(() -> {
                    Set<String> left = ours;
                    own(Set.of());
                    return etcd.putGuarded(pasts(left)).then(lease.revoke());
                })
                .onErrorResume(EtcdFailure.class, failure -> {
                    log.atWarn()
                            .addKeyValue("err", failure.getMessage())
                            .log("not left in order: the lease has to run out");
                    return Mono.empty();
                })
                .subscribeOn(scheduler);
    }

    /** From having a lease to its end, or to the first failure. */
    private Mono<Void> session() {
        return lease.hold()
                .then(Mono.defer(() -> etcd.list(keys.all())))
                .publishOn(scheduler)
                .flatMap(listing -> {
                    view.take(listing);
                    leaving.retainAll(view.claimedWith(lease.id()));
                    inReach();
                    return Flux.merge(changes(listing.revision() + 1), rounds())
                            .takeUntilOther(lease.renewals())
                            .then();
                });
    }

    /** Without it nothing is ours. */
    private void leaseLost() {
        log.atWarn()
                .addKeyValue("pens", ours.size())
                .log("the lease in etcd has run out: these pens may be another agent's now");
        leaving.clear();
        own(Set.of());
    }

    private Flux<Void> changes(long revision) {
        return etcd.watch(keys.all(), revision).publishOn(scheduler).flatMap(change -> {
            view.take(change);
            keys.claim(change.key()).filter(pen -> change.now().isEmpty()).ifPresent(leaving::remove);
            news.tryEmitNext(true);
            return Mono.empty();
        });
    }

    private Flux<Void> rounds() {
        return Flux.merge(news.asFlux(), Flux.interval(ROUND, scheduler).map(tick -> true))
                .startWith(true)
                .onBackpressureLatest()
                .concatMap(any -> Mono.delay(GATHER, scheduler).then(Mono.defer(this::round)), 1);
    }

    /** Brings what we have nearer to what we should have. */
    private Mono<Void> round() {
        want();
        own(mine());
        tell();
        long registered = view.leaseOf(me.name());
        if (registered != lease.id()) {
            return registered == 0 ? register() : Mono.fromRunnable(this::doubled);
        }
        doubled = false;
        // etcd answers on a thread of its own, and the next step is ours.
        return handOver()
                .publishOn(scheduler)
                .then(Mono.defer(this::takeOver))
                .publishOn(scheduler)
                .then(Mono.defer(this::keep))
                .publishOn(scheduler);
    }

    private Mono<Void> register() {
        if (joining != lease.id()) {
            joining = lease.id();
            log.atInfo().addKeyValue("member", me.name()).log("joining the other agents");
        }
        return etcd.claim(lease.id(), List.of(new KeyValue(keys.ofMember(me.name()), me.address())))
                .then();
    }

    private void doubled() {
        if (!doubled) {
            doubled = true;
            log.atWarn()
                    .addKeyValue("member", me.name())
                    .log(
                            "an agent of this name is registered already: this one's last run, whose lease has to run out, or another"
                                    + " with the same web.advertise");
        }
    }

    /** Which pens should be ours; looked at again only when there are other pens or members. */
    private void want() {
        Set<String> pens = all;
        Set<String> among = view.leaseOf(me.name()) == lease.id() ? Set.copyOf(view.members()) : Set.of();
        if (!pens.equals(wantedOf) || !among.equals(wantedAmong)) {
            wantedOf = pens;
            wantedAmong = among;
            Set<String> now = new HashSet<>();
            pens.forEach(pen ->
                    Rendezvous.owner(pen, among).filter(me.name()::equals).ifPresent(us -> now.add(pen)));
            wanted = now;
        }
    }

    private Set<String> mine() {
        Set<String> mine = new HashSet<>(view.claimedWith(lease.id()));
        mine.retainAll(wanted);
        mine.removeAll(leaving);
        return mine;
    }

    /** First we let go, then others may take. */
    private Mono<Void> handOver() {
        Set<String> unwanted = view.claimedWith(lease.id());
        unwanted.removeIf(pen -> wanted.contains(pen) && !leaving.contains(pen));
        if (unwanted.isEmpty()) {
            return Mono.empty();
        }
        leaving.addAll(unwanted);
        Set<String> left = portion(unwanted);
        return etcd.putGuarded(pasts(left))
                .then(Mono.delay(LAST_WORD, scheduler))
                .then(Mono.defer(() -> etcd.release(
                        left.stream().flatMap(pen -> claim(pen).stream()).toList())));
    }

    private Mono<Void> takeOver() {
        Set<String> free = new HashSet<>(wanted);
        free.removeIf(view::claimed);
        List<KeyValue> claims = portion(free).stream()
                .map(pen -> new KeyValue(keys.ofClaim(pen), me.name()))
                .toList();
        return claims.isEmpty() || !lease.isProven()
                ? Mono.empty()
                : etcd.claim(lease.id(), claims).then();
    }

    /** What has to be there when this agent is gone without a word. */
    private Mono<Void> keep() {
        if (!lease.isProven()) {
            return Mono.empty();
        }
        Set<String> now = portion(toKeep);
        toKeep.removeAll(now);
        now.removeIf(pen -> !isOurs(pen));
        return now.isEmpty() ? Mono.empty() : etcd.putGuarded(pasts(now)).doOnError(failed -> toKeep.addAll(now));
    }

    /** Some of these; what is left waits for the next round, which comes at once. */
    private Set<String> portion(Set<String> pens) {
        Set<String> some = pens.stream().limit(PORTION).collect(Collectors.toCollection(HashSet::new));
        if (some.size() < pens.size()) {
            news.tryEmitNext(true);
        }
        return some;
    }

    /** Each bound to our claim: what comes to etcd late must not replace what another owner has left meanwhile. */
    private List<Guarded> pasts(Set<String> pens) {
        return pens.stream().flatMap(pen -> past(pen, claim(pen)).stream()).toList();
    }

    private Optional<Guarded> past(String pen, Optional<Entry> claim) {
        return claim.flatMap(ours -> pastOf.apply(pen)
                .filter(past -> !Optional.of(past).equals(view.past(pen)))
                .map(past -> new Guarded(ours, new KeyValue(keys.ofPast(pen), past))));
    }

    private Optional<Entry> claim(String pen) {
        return view.claim(pen).filter(claim -> claim.lease() == lease.id());
    }

    private void own(Set<String> now) {
        Set<String> before = ours;
        if (now.equals(before)) {
            return;
        }
        Set<String> gained = new TreeSet<>(now);
        gained.removeAll(before);
        Set<String> gone = new TreeSet<>(before);
        gone.removeAll(now);
        lost.addAll(gone);
        Map<String, String> left = new TreeMap<>();
        now.forEach(pen -> view.past(pen).ifPresent(past -> left.put(pen, past)));
        pasts = left;
        ours = Set.copyOf(now);
        moves.addAndGet(gained.size() + gone.size());
        log.atInfo()
                .addKeyValue("gained", gained.size())
                .addKeyValue("lost", gone.size())
                .addKeyValue("owned", now.size())
                .log("other pens are this agent's");
        told.tryEmitNext(members);
    }

    private void tell() {
        Members now = view.toMembers();
        if (!now.equals(members)) {
            members = now;
            told.tryEmitNext(now);
        }
    }

    private void inReach() {
        connected = true;
        if (failed) {
            failed = false;
            log.info("etcd answers again");
        }
    }

    private void outOfReach(EtcdFailure failure) {
        connected = false;
        if (!failed) {
            failed = true;
            log.atWarn()
                    .addKeyValue("err", failure.getMessage())
                    .addKeyValue("pens", ours.size())
                    .log(
                            "etcd does not answer as it should: pens are watched on, none is taken over, and soon none is written to");
        }
    }
}
