package io.github.penagent.cluster;

import io.github.penagent.cluster.etcd.Change;
import io.github.penagent.cluster.etcd.Entry;
import io.github.penagent.cluster.etcd.Etcd;
import io.github.penagent.cluster.etcd.EtcdFailure;
import io.github.penagent.cluster.etcd.Guarded;
import io.github.penagent.cluster.etcd.KeyValue;
import io.github.penagent.cluster.etcd.Listing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink;
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;

/** etcd as members see it, in virtual time: leases that end by its own clock, transactions, watches, and ways that break. */
final class MadeUpEtcd {
    private static final Duration WAY = Duration.ofMillis(2);
    static final Duration DEADLINE = Duration.ofSeconds(2);

    private final VirtualTimeScheduler time;
    private final Map<String, Entry> entries = new TreeMap<>();
    private final Map<Long, Long> leaseEnds = new HashMap<>();
    private final Map<Long, Duration> leases = new HashMap<>();
    private final List<Watcher> watchers = new ArrayList<>();
    private final List<Change> history = new ArrayList<>();
    private long revision = 1;
    private long nextLease = 1;
    boolean down;
    long puts;

    private record Watcher(Way way, String prefix, FluxSink<Change> sink) {}

    MadeUpEtcd(VirtualTimeScheduler time) {
        this.time = time;
    }

    private long now() {
        return time.now(TimeUnit.MILLISECONDS);
    }

    /** Ends what has run out; to be called as time passes. */
    void tick() {
        if (!down) {
            List.copyOf(leaseEnds.entrySet()).stream()
                    .filter(lease -> lease.getValue() <= now())
                    .forEach(lease -> end(lease.getKey()));
        }
    }

    /** As etcd does: whoever leads anew gives each lease its full time again. */
    void restart() {
        down = false;
        leases.forEach((lease, ttl) -> leaseEnds.put(lease, now() + ttl.toMillis()));
    }

    void crash() {
        down = true;
        List.copyOf(watchers).forEach(watcher -> watcher.sink().error(new EtcdFailure("gone")));
        watchers.clear();
    }

    private void end(long lease) {
        leaseEnds.remove(lease);
        leases.remove(lease);
        List.copyOf(entries.values()).stream()
                .filter(entry -> entry.lease() == lease)
                .forEach(entry -> set(entry.key(), Optional.empty()));
    }

    private void put(KeyValue pair, long lease) {
        Entry before = entries.get(pair.key());
        long created = before == null ? revision + 1 : before.created();
        set(pair.key(), Optional.of(new Entry(pair.key(), pair.value(), lease, created)));
    }

    private boolean stands(Entry entry) {
        Entry now = entries.get(entry.key());
        return now != null && now.created() == entry.created();
    }

    private void set(String key, Optional<Entry> now) {
        revision++;
        now.ifPresentOrElse(entry -> entries.put(key, entry), () -> entries.remove(key));
        Change change = new Change(revision, key, now);
        history.add(change);
        List.copyOf(watchers).stream()
                .filter(watcher -> key.startsWith(watcher.prefix()) && !watcher.way().cut)
                .forEach(watcher ->
                        time.schedule(() -> watcher.sink().next(change), WAY.toMillis(), TimeUnit.MILLISECONDS));
    }

    Entry entry(String key) {
        return Optional.ofNullable(entries.get(key)).orElseThrow(() -> new AssertionError("nothing stands at " + key));
    }

    /** A member's own way to it. */
    final class Way implements Etcd {
        boolean cut;

        /** What was to be written, in order. */
        private final List<Mono<?>> written = new ArrayList<>();

        void cut() {
            cut = true;
            List<Watcher> mine =
                    watchers.stream().filter(watcher -> watcher.way() == this).toList();
            watchers.removeAll(mine);
            mine.forEach(watcher -> watcher.sink().error(new EtcdFailure("cut off")));
        }

        void mend() {
            cut = false;
        }

        /** All that was written so far comes a second time, the last first, as from members of etcd that seemed to have lost it. */
        void repeat() {
            if (!down) {
                List<Mono<?>> again = new ArrayList<>(written);
                Collections.reverse(again);
                again.forEach(Mono::subscribe);
            }
        }

        private <T> Mono<T> write(Supplier<T> what) {
            written.add(Mono.fromSupplier(what).onErrorComplete(EtcdFailure.class));
            return ask(what);
        }

        private <T> Mono<T> ask(Supplier<T> what) {
            return Mono.delay(WAY, time)
                    .flatMap(there -> cut || down ? Mono.<T>never() : Mono.fromSupplier(what))
                    .delayElement(WAY, time)
                    .timeout(DEADLINE, Mono.error(new EtcdFailure("no answer")), time);
        }

        @Override
        public Mono<Long> grant(Duration ttl) {
            return ask(() -> {
                long lease = nextLease++;
                leases.put(lease, ttl);
                leaseEnds.put(lease, now() + ttl.toMillis());
                return lease;
            });
        }

        @Override
        public Mono<Boolean> keepAlive(long lease) {
            return ask(() -> {
                Duration ttl = leases.get(lease);
                if (ttl == null) {
                    return false;
                }
                leaseEnds.put(lease, now() + ttl.toMillis());
                return true;
            });
        }

        @Override
        public Mono<Void> revoke(long lease) {
            return ask(() -> {
                        end(lease);
                        return true;
                    })
                    .then();
        }

        @Override
        public Mono<Listing> list(String prefix) {
            return ask(() -> new Listing(
                    revision,
                    entries.values().stream()
                            .filter(entry -> entry.key().startsWith(prefix))
                            .toList()));
        }

        @Override
        public Flux<Change> watch(String prefix, long fromRevision) {
            return Flux.create(sink -> {
                if (cut || down) {
                    sink.error(new EtcdFailure("no way there"));
                    return;
                }
                history.stream()
                        .filter(change -> change.revision() >= fromRevision)
                        .filter(change -> change.key().startsWith(prefix))
                        .forEach(sink::next);
                Watcher watcher = new Watcher(this, prefix, sink);
                watchers.add(watcher);
                sink.onDispose(() -> watchers.remove(watcher));
            });
        }

        @Override
        public Mono<List<Boolean>> claim(long lease, List<KeyValue> wanted) {
            return write(() -> {
                living(lease);
                List<Boolean> done = new ArrayList<>();
                for (KeyValue one : wanted) {
                    boolean free = !entries.containsKey(one.key());
                    if (free) {
                        put(one, lease);
                    }
                    done.add(free);
                }
                return done;
            });
        }

        private void living(long lease) {
            if (!leaseEnds.containsKey(lease)) {
                throw new EtcdFailure("requested lease not found");
            }
        }

        @Override
        public Mono<Void> putGuarded(List<Guarded> values) {
            return write(() -> {
                        puts += values.size();
                        values.stream().filter(one -> stands(one.guard())).forEach(one -> put(one.value(), 0));
                        return true;
                    })
                    .then();
        }

        @Override
        public Mono<Void> release(List<Entry> released) {
            return write(() -> {
                        released.stream()
                                .filter(MadeUpEtcd.this::stands)
                                .forEach(one -> set(one.key(), Optional.empty()));
                        return true;
                    })
                    .then();
        }

        @Override
        public void close() {
            cut();
        }
    }
}
