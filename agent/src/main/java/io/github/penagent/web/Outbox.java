package io.github.penagent.web;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.function.LongSupplier;

/**
 * Answers that are on their way, of which there may be so many bytes and no more. While there are, further requests wait, before
 * their answers are made; and whoever takes an answer too slowly while others wait loses the connection. For one event loop.
 */
final class Outbox {
    /** For an answer to leave, when nobody waits. */
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    /** The same, when somebody does. */
    private static final Duration GRACE = Duration.ofSeconds(1);

    /** Of those who wait. */
    private static final Duration PATIENCE = Duration.ofSeconds(8);

    private static final int WAITING = 4_096;

    private final long capacity;
    private final LongSupplier nanos;

    /** The oldest first. */
    private final Map<HttpServerRequest, Parcel> parcels = new LinkedHashMap<>();

    private final Queue<Waiting> waiting = new ArrayDeque<>();
    private long bytes;

    /** @param capacity in bytes; one answer more than that may be under way */
    Outbox(long capacity, LongSupplier nanos) {
        this.capacity = capacity;
        this.nanos = nanos;
    }

    private record Parcel(long bytes, long sinceNanos) {}

    private record Waiting(HttpServerRequest request, Runnable go, Runnable tooLate, long sinceNanos) {}

    /** Runs the one as soon as there is room, or the other if there is none in time. */
    void whenRoom(HttpServerRequest request, Runnable go, Runnable tooLate) {
        if (waiting.isEmpty() && bytes < capacity) {
            go.run();
        } else if (waiting.size() >= WAITING) {
            tooLate.run();
        } else {
            waiting.add(new Waiting(request, go, tooLate, nanos.getAsLong()));
        }
    }

    /** Ends the answer to a request with this body. */
    void send(HttpServerRequest request, Buffer body) {
        parcels.put(request, new Parcel(body.length(), nanos.getAsLong()));
        bytes += body.length();
        request.response().end(body).onComplete(gone -> {
            Parcel parcel = parcels.remove(request);
            bytes -= parcel == null ? 0 : parcel.bytes();
            next();
        });
    }

    private void next() {
        while (bytes < capacity && !waiting.isEmpty()) {
            Waiting first = waiting.remove();
            if (!first.request().response().closed()) {
                first.go().run();
            }
        }
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
        Duration limit = waiting.isEmpty() ? DEADLINE : GRACE;
        List<HttpServerRequest> late = new ArrayList<>();
        for (Map.Entry<HttpServerRequest, Parcel> oldest : parcels.entrySet()) {
            if (now - oldest.getValue().sinceNanos() <= limit.toNanos()) {
                break;
            }
            late.add(oldest.getKey());
        }
        // Only now, since each may at once be told to have ended.
        late.forEach(request -> Severing.reset(request.connection()));
        next();
    }
}
