package io.github.penagent.cluster.etcd;

import java.time.Duration;
import java.util.List;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * What of etcd is needed to share work. Everything but a watch completes within the deadline given at construction, or with an
 * {@link EtcdFailure}; after one, what was asked may have been done or not. Nothing is asked before somebody subscribes. A member that
 * does not answer may have done what the next one is then asked, too; all of it may be done twice, and late: what is
 * written over or deleted is therefore bound to a key that stands since a certain moment. Results come on a thread that must not be
 * kept waiting: renewals run on it.
 */
public interface Etcd extends AutoCloseable {
    /**
     * Readies everything and connects nowhere yet.
     *
     * @param deadline for each operation, however many members are asked meanwhile: each but the last gets half of what is left of it.
     *     A watch is made anew, from where it is, as often
     */
    static Etcd open(EtcdSettings settings, Duration deadline) {
        return new Gateway(settings, deadline);
    }

    /** A new lease, of whole seconds. One that was granted without an answer ends by itself. */
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

    /**
     * Puts each key that does not exist yet, attached to the lease (0: to none); tells for each, in order, whether it stands there now
     * as wanted, by this lease.
     */
    Mono<List<Boolean>> claim(long lease, List<KeyValue> wanted);

    /** Puts each of these, attached to no lease, whose guard still stands since the same creation; leaves the others out. */
    Mono<Void> putGuarded(List<Guarded> values);

    /** Deletes each of these that still stands since the same creation. */
    Mono<Void> release(List<Entry> entries);

    /** Ends everything: what is under way fails. */
    @Override
    void close();
}
