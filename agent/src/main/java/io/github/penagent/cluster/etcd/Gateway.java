package io.github.penagent.cluster.etcd;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Stream;
import reactor.core.Exceptions;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** etcd over its JSON gateway, on an event loop of its own: whatever else this process is busy with, leases are renewed in time. */
final class Gateway implements Etcd {
    /** Of a listing; one that is longer comes in several, all of the same revision. */
    static final int PAGE = 1000;

    /** Changes that were told to whoever watches, who is busy. */
    private static final int MAX_UNHEARD = 50_000;

    private static final long CLOSE_SECONDS = 2;

    private final Vertx vertx = Vertx.vertx(
            new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(1).setInternalBlockingPoolSize(1));
    private final Context loop = vertx.getOrCreateContext();
    private final Sinks.Empty<Void> closed = Sinks.empty();
    private final Questions questions;
    private final Duration deadline;

    Gateway(EtcdSettings settings, Duration deadline) {
        this.deadline = deadline;
        questions = new Questions(new Http(vertx, settings), settings);
    }

    @Override
    public Mono<Long> grant(Duration ttl) {
        long seconds = Math.max(1, ttl.plusNanos(999_999_999).toSeconds());
        Call call = new Call("lease/grant", new JsonObject().put("TTL", Long.toString(seconds)));
        return mono(until -> questions.ask(call, until).map(answer -> answer.number("ID")));
    }

    @Override
    public Mono<Boolean> keepAlive(long lease) {
        Call call = new Call("lease/keepalive", id(lease));
        return mono(until ->
                questions.ask(call, until).map(answer -> answer.object("result").number("TTL") > 0));
    }

    @Override
    public Mono<Void> revoke(long lease) {
        return mono(until -> questions
                .ask(new Call("lease/revoke", id(lease)), until)
                .<Void>mapEmpty()
                .recover(e -> e instanceof EtcdFailure failure && failure.code() == Fault.NOT_FOUND
                        ? Future.succeededFuture()
                        : Future.failedFuture(e)));
    }

    private static JsonObject id(long lease) {
        return new JsonObject().put("ID", Long.toString(lease));
    }

    @Override
    public Mono<Listing> list(String prefix) {
        return mono(until -> page(Keys.under(prefix), until)
                .compose(first -> rest(prefix, first, new ArrayList<>(), first.revision(), until)));
    }

    private Future<Answer> page(JsonObject range, Deadline until) {
        return questions.ask(new Call("kv/range", range.put("limit", Integer.toString(PAGE))), until);
    }

    private Future<Listing> rest(String prefix, Answer page, List<Entry> entries, long revision, Deadline until) {
        page.objects("kvs").forEach(one -> entries.add(one.entry()));
        if (!page.flag("more") || entries.isEmpty()) {
            return Future.succeededFuture(new Listing(revision, entries));
        }
        JsonObject range =
                Keys.after(entries.get(entries.size() - 1).key(), prefix).put("revision", Long.toString(revision));
        return page(range, until).compose(next -> rest(prefix, next, entries, revision, until));
    }

    @Override
    public Flux<Change> watch(String prefix, long fromRevision) {
        Flux<Change> changes = Flux.create(
                sink -> {
                    Watch watch = new Watch(vertx, questions, deadline, prefix, fromRevision, sink);
                    sink.onDispose(() -> onLoop(watch::end));
                    onLoop(watch::begin);
                },
                FluxSink.OverflowStrategy.IGNORE);
        changes = changes.onBackpressureBuffer(MAX_UNHEARD)
                .onErrorMap(Exceptions::isOverflow, e -> new EtcdFailure("watch: nobody hears what changes"));
        return changes.takeUntilOther(closed.asMono());
    }

    @Override
    public Mono<List<Boolean>> claim(long lease, List<KeyValue> wanted) {
        return mono(until -> questions
                .askAll(Transactions.claims(lease, wanted), until)
                .map(answers -> answers.stream().flatMap(Gateway::parts).toList())
                .map(parts -> outcomes(lease, wanted, parts)));
    }

    private static Stream<Answer> parts(Answer transaction) {
        return transaction.objects("responses").stream().map(part -> part.object("response_txn"));
    }

    private static List<Boolean> outcomes(long lease, List<KeyValue> wanted, List<Answer> parts) {
        if (parts.size() != wanted.size()) {
            throw new EtcdFailure("kv/txn: answered for " + parts.size() + " of " + wanted.size() + " keys");
        }
        List<Boolean> outcomes = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            outcomes.add(parts.get(i).flag("succeeded") || isThere(parts.get(i), wanted.get(i), lease));
        }
        return outcomes;
    }

    /** By an earlier question that was not answered. */
    private static boolean isThere(Answer part, KeyValue wanted, long lease) {
        return part.objects("responses").stream()
                .flatMap(one -> one.object("response_range").objects("kvs").stream())
                .map(Answer::entry)
                .anyMatch(there -> there.lease() == lease && there.value().equals(wanted.value()));
    }

    @Override
    public Mono<Void> putGuarded(List<Guarded> values) {
        return mono(until -> questions.askAll(Transactions.puts(values), until).mapEmpty());
    }

    @Override
    public Mono<Void> release(List<Entry> entries) {
        return mono(
                until -> questions.askAll(Transactions.releases(entries), until).mapEmpty());
    }

    private <T> Mono<T> mono(Function<Deadline, Future<T>> asking) {
        Mono<T> asked = Mono.create(sink -> onLoop(() -> Future.succeededFuture(Deadline.in(deadline))
                .compose(asking)
                .onComplete(sink::success, e -> sink.error(failure(e)))));
        return Mono.firstWithSignal(asked, closed.asMono().then(Mono.never()));
    }

    private void onLoop(Runnable work) {
        try {
            loop.runOnContext(nothing -> work.run());
        } catch (RejectedExecutionException e) {
            // Closed, as everybody is told who waits.
        }
    }

    private static EtcdFailure failure(Throwable e) {
        return e instanceof EtcdFailure failure
                ? failure
                : new EtcdFailure(Fault.of(e).text());
    }

    @Override
    public void close() {
        closed.tryEmitError(new EtcdFailure("closed"));
        try {
            vertx.close().toCompletionStage().toCompletableFuture().get(CLOSE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            // Its threads are daemons, and nobody waits for an answer any more.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
