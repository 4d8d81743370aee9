package io.github.penagent.cluster;

import io.github.penagent.cluster.etcd.Etcd;
import java.time.Duration;
import java.util.function.Predicate;
import java.util.function.Supplier;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** The lease in etcd on which everything of this agent hangs, and for how long it can be proved. On one thread but for {@link #isProven}. */
final class Lease {
    private static final long NONE = 0;

    private final Etcd etcd;
    private final Duration ttl;
    private final Scheduler scheduler;
    private final Proof proof;
    private final Runnable lost;
    private long id = NONE;

    /** @param lost told when there was one, and etcd says that it is no more */
    Lease(Etcd etcd, Duration ttl, Scheduler scheduler, Proof proof, Runnable lost) {
        this.etcd = etcd;
        this.ttl = ttl;
        this.scheduler = scheduler;
        this.proof = proof;
        this.lost = lost;
    }

    /** As etcd names it; 0 while there is none. */
    long id() {
        return id;
    }

    boolean isProven() {
        return proof.holds();
    }

    /** Completes when there is one that stands: that from before, if it does. */
    Mono<Void> hold() {
        return Mono.defer(() -> id == NONE ? grant() : renewed().flatMap(stands -> stands ? Mono.empty() : grant()));
    }

    /** Renews it again and again; completes when it is lost. */
    Mono<Void> renewals() {
        return Flux.interval(ttl.dividedBy(3), scheduler)
                .onBackpressureDrop()
                .concatMap(tick -> renewed(), 1)
                .takeWhile(stands -> stands)
                .then();
    }

    /** Ends it, and with it all that hangs on it. */
    Mono<Void> revoke() {
        return Mono.defer(() -> id == NONE ? Mono.empty() : etcd.revoke(id));
    }

    private Mono<Void> grant() {
        return proving(() -> etcd.grant(ttl), granted -> granted != NONE)
                .doOnNext(granted -> id = granted)
                .then();
    }

    /** What is asked counts from when it was asked. */
    private <T> Mono<T> proving(Supplier<Mono<T>> asking, Predicate<T> good) {
        return Mono.defer(() -> {
            Runnable proven = proof.begin();
            return asking.get().publishOn(scheduler).doOnNext(answer -> {
                if (good.test(answer)) {
                    proven.run();
                }
            });
        });
    }

    private Mono<Boolean> renewed() {
        return proving(() -> etcd.keepAlive(id), stands -> stands).doOnNext(stands -> {
            if (!stands) {
                id = NONE;
                proof.end();
                lost.run();
            }
        });
    }
}
