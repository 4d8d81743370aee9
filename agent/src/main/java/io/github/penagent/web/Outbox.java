package io.github.penagent.web;

import io.netty.buffer.ByteBuf;
import io.vertx.core.Future;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.internal.buffer.BufferInternal;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;
import java.util.function.LongSupplier;

/**
 * Answers that are on their way, one of each connection, of which there may be so many bytes and no more. While there are, further
 * requests wait, before their answers are made, those first who were not answered for longest: one who asks for page after page
 * keeps nobody waiting who asks for one. Whoever takes nothing of an answer while others wait loses the connection. For one event
 * loop.
 */
final class Outbox {
    /** For something of an answer to leave, when nobody waits. */
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    /** The same, when somebody does. */
    private static final Duration GRACE = Duration.ofMillis(500);

    /** Of those who wait. */
    private static final Duration PATIENCE = Duration.ofSeconds(8);

    private static final int WAITING = 4_096;

    private final long capacity;
    private final LongSupplier nanos;
    private final Map<HttpConnection, Parcel> parcels = new LinkedHashMap<>();
    private final Deque<Waiting> waiting = new ArrayDeque<>();

    /** When the last answer on a connection had left. */
    private final Map<HttpConnection, Long> answered = new WeakHashMap<>();

    private long bytes;
    private boolean choosing;

    /** @param capacity in bytes; one answer more than that may be under way */
    Outbox(long capacity, LongSupplier nanos) {
        this.capacity = capacity;
        this.nanos = nanos;
    }

    /**
     * One answer.
     *
     * @param left of it, when that was looked at last
     * @param movedNanos when it was less than before
     */
    private record Parcel(long bytes, long left, long movedNanos) {}

    private record Waiting(HttpServerRequest request, Runnable go, Runnable tooLate, long sinceNanos) {}

    /** Runs the one as soon as there is room, or the other if there is none in time. */
    void whenRoom(HttpServerRequest request, Runnable go, Runnable tooLate) {
        if (waiting.isEmpty() && !choosing && bytes < capacity && !parcels.containsKey(request.connection())) {
            if (!request.response().closed()) {
                go.run();
            }
            return;
        }
        if (waiting.size() >= WAITING) {
            tooLate.run();
            return;
        }
        waiting.add(new Waiting(request, go, tooLate, nanos.getAsLong()));
        next();
    }

    /** Ends the answer to a request with this body, which is released once it has left or never will. */
    void send(HttpServerRequest request, ByteBuf body) {
        HttpConnection connection = request.connection();
        int length = body.readableBytes();
        Future<Void> leaving;
        try {
            // Sent as it lies; Vert.x itself releases nothing that it did not make.
            leaving = request.response().end(BufferInternal.buffer(body));
        } catch (RuntimeException e) {
            body.release();
            throw e;
        }
        parcels.put(connection, new Parcel(length, Long.MAX_VALUE, nanos.getAsLong()));
        bytes += length;
        leaving.onComplete(gone -> {
            body.release();
            Parcel parcel = parcels.remove(connection);
            bytes -= parcel == null ? 0 : parcel.bytes();
            answered.put(connection, nanos.getAsLong());
            next();
        });
    }

    /** Lets those go for whom there is room; what that leads to may ask for the same again. */
    private void next() {
        if (choosing || waiting.isEmpty()) {
            return;
        }
        choosing = true;
        try {
            while (bytes < capacity) {
                Optional<Waiting> first =
                        waiting.stream().filter(this::mayGo).min(Comparator.comparingLong(this::answered));
                if (first.isEmpty()) {
                    return;
                }
                waiting.remove(first.get());
                if (!first.get().request().response().closed()) {
                    first.get().go().run();
                }
            }
        } finally {
            choosing = false;
        }
    }

    /** Who has not taken the last answer does not need another one yet. */
    private boolean mayGo(Waiting one) {
        return !parcels.containsKey(one.request().connection());
    }

    private long answered(Waiting one) {
        return answered.getOrDefault(one.request().connection(), Long.MIN_VALUE);
    }

    /** Ends what takes too long; to be called a few times a second. */
    void sweep() {
        long now = nanos.getAsLong();
        while (!waiting.isEmpty()
                && (now - waiting.element().sinceNanos() > PATIENCE.toNanos()
                        || waiting.element().request().response().closed())) {
            Waiting first = waiting.remove();
            if (!first.request().response().closed()) {
                first.tooLate().run();
            }
        }
        parcels.replaceAll((connection, parcel) -> looked(parcel, Severing.unsent(connection), now));
        Duration limit = waiting.stream().anyMatch(this::mayGo) ? GRACE : DEADLINE;
        List<HttpConnection> stuck = parcels.entrySet().stream()
                .filter(entry -> now - entry.getValue().movedNanos() > limit.toNanos())
                .map(Map.Entry::getKey)
                .toList();
        // Only now, since each may at once be told to have ended.
        stuck.forEach(Severing::reset);
        next();
    }

    private static Parcel looked(Parcel parcel, long left, long now) {
        return left < parcel.left() ? new Parcel(parcel.bytes(), left, now) : parcel;
    }
}
