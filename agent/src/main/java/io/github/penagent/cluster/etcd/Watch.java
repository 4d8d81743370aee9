package io.github.penagent.cluster.etcd;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.FluxSink;

/**
 * What changes under a prefix, as one sequence out of many short watches. etcd says nothing while nothing changes, and a connection that
 * is dead says no less; so each watch is given up after a while, and the next one, from where that ended, shows that nothing was missed.
 */
final class Watch {
    /** Of changes at one revision. */
    private static final int MAX_CHANGES = 100_000;

    private final Vertx vertx;
    private final Questions questions;
    private final Duration period;
    private final String prefix;
    private final FluxSink<Change> sink;

    /** From which on nothing was told yet. */
    private long next;

    /** Of an answer that comes in parts: of one revision either all or nothing is told. */
    private final List<Change> parts = new ArrayList<>();

    private @Nullable Stream stream;
    private long timer;
    private boolean ended;

    Watch(Vertx vertx, Questions questions, Duration period, String prefix, long next, FluxSink<Change> sink) {
        this.vertx = vertx;
        this.questions = questions;
        this.period = period;
        this.prefix = prefix;
        this.next = next;
        this.sink = sink;
    }

    void begin() {
        if (!ended) {
            questions.follow(call(), Deadline.in(period)).onComplete(this::follow, this::fail);
        }
    }

    private Call call() {
        JsonObject create =
                Keys.under(prefix).put("start_revision", Long.toString(next)).put("fragment", true);
        return new Call("watch", new JsonObject().put("create_request", create));
    }

    private void follow(Stream begun) {
        if (ended) {
            begun.close();
            return;
        }
        stream = begun;
        if (begun.revision() < next - 1) {
            fail(new EtcdFailure("watch: the store is at revision " + begun.revision() + " and was at " + (next - 1)));
            return;
        }
        timer = vertx.setTimer(period.toMillis(), id -> renew());
        begun.hear(this::hear, fault -> fail(new EtcdFailure("watch: " + fault.text(), fault.code())));
    }

    private void renew() {
        stop();
        begin();
    }

    private void stop() {
        vertx.cancelTimer(timer);
        parts.clear();
        if (stream != null) {
            stream.close();
            stream = null;
        }
    }

    private void hear(Answer message) {
        try {
            message.objects("events").forEach(event -> parts.add(change(event)));
            if (parts.size() > MAX_CHANGES) {
                fail(new EtcdFailure("watch: more than " + MAX_CHANGES + " changes at once"));
            } else if (!message.flag("fragment")) {
                tell();
            }
        } catch (Fault e) {
            fail(e);
        }
    }

    private void tell() {
        for (Change change : List.copyOf(parts)) {
            next = Math.max(next, change.revision() + 1);
            sink.next(change);
        }
        parts.clear();
    }

    private static Change change(Answer event) {
        Answer pair = event.object("kv");
        String type = event.word("type");
        boolean deleted = type.equals("DELETE") || type.equals("1");
        return new Change(
                pair.number("mod_revision"), pair.text("key"), deleted ? Optional.empty() : Optional.of(pair.entry()));
    }

    private void fail(Throwable e) {
        if (!ended) {
            end();
            sink.error(
                    e instanceof EtcdFailure
                            ? e
                            : new EtcdFailure("watch: " + Fault.of(e).text()));
        }
    }

    void end() {
        ended = true;
        stop();
    }
}
