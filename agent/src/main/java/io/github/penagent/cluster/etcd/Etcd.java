package io.github.penagent.cluster.etcd;

import java.time.Duration;
import java.util.List;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * What of etcd is needed to share work. Everything but a watch completes within the deadline given at construction, or with an
 * {@link EtcdFailure}; after one, what was asked may have been done or not. Nothing is asked before somebody subscribes.
 */
public interface Etcd extends AutoCloseable {
    /** A new lease, of whole seconds. */
    Mono<Long> grant(Duration ttl);

    /** Renews; false: this lease is no more. */
    Mono<Boolean> keepAlive(long lease);

    /** Ends the lease, and with it every key that is attached; one that is no more is no error. */
    Mono<Void> revoke(long lease);

    /** All keys under a prefix at one revision. */
    Mono<Listing> list(String prefix);

    /**
     * What changes under a prefix from a revision on (that one included), in order; ends with an error as soon as it is no longer known
     * to be complete: connection lost, compacted, no progress notice for too long.
     */
    Flux<Change> watch(String prefix, long fromRevision);

    /** Puts each key that does not exist yet, attached to the lease; tells for each, in order, whether it did. */
    Mono<List<Boolean>> claim(long lease, List<KeyValue> wanted);

    /** Puts keys, attached to a lease or (0) to none. */
    Mono<Void> put(long lease, List<KeyValue> values);

    /** Deletes each key that still belongs to this lease. */
    Mono<Void> release(long lease, List<String> keys);

    /** Ends everything: what is under way fails. */
    @Override
    void close();
}
