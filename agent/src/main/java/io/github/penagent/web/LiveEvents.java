package io.github.penagent.web;

import io.github.penagent.fleet.PenState;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /api/v1/events}: every pen at first, then once a second those that are different. Looks at the states rather than being
 * told of changes: a pen that changes a hundred times a second costs no more than one that does so once, and nobody who changes a
 * state waits for listeners. A pen is put into words at most once for each look, however many listen, and not at all for none.
 */
final class LiveEvents {
    static final int MAX_STREAMS = 100;

    private static final long TICK_MILLIS = 1000;

    /** After so long without anything else, the time is told, so that a listener can tell silence from a broken line. */
    private static final int BEAT_TICKS = 5;

    /** One that took nothing for so long is dead, or as good as. */
    private static final int PATIENCE_TICKS = 30;

    /** Of texts that are ready for further listeners. */
    private static final int KEPT_BYTES = 4 * 1024 * 1024;

    private final Vertx vertx;
    private final Sources sources;
    private final Supplier<WebSettings> settings;
    private final int maxStreams;
    private final Set<EventStream> streams = new LinkedHashSet<>();
    private final Texts texts = new Texts();
    private final RateHistory history = new RateHistory();
    private final DecisionFeed decisions = new DecisionFeed();
    private Others others = Others.NONE;
    private long ticks;

    LiveEvents(Vertx vertx, Sources sources, Supplier<WebSettings> settings) {
        this(vertx, sources, settings, MAX_STREAMS);
    }

    LiveEvents(Vertx vertx, Sources sources, Supplier<WebSettings> settings, int maxStreams) {
        this.vertx = vertx;
        this.sources = sources;
        this.settings = settings;
        this.maxStreams = maxStreams;
        vertx.setPeriodic(TICK_MILLIS, tick -> tick());
    }

    void listen(RoutingContext context) {
        Set<String> pens = new TreeSet<>(context.queryParam("pen"));
        Set<String> strangers = new TreeSet<>(pens);
        sources.pens().get().forEach(state -> strangers.remove(state.name()));
        HttpServerResponse response = context.response();
        if (!strangers.isEmpty()) {
            refuse(response, 400, "pen: no pen is called " + String.join(", ", strangers));
        } else if (HttpMethod.HEAD.equals(context.request().method())) {
            headers(response).end();
        } else {
            open(response, pens);
        }
    }

    private synchronized void open(HttpServerResponse response, Set<String> pens) {
        if (streams.size() >= maxStreams) {
            response.putHeader("Retry-After", "10");
            refuse(response, 503, "as many pages are open as may be: " + maxStreams);
            return;
        }
        look();
        EventStream stream = new EventStream(response, pens);
        streams.add(stream);
        response.closeHandler(closed -> drop(stream));
        response.exceptionHandler(broken -> drop(stream));
        headers(response).setChunked(true);
        stream.write(
                EventText.of(
                        "hello",
                        new JsonObject()
                                .put("version", sources.version())
                                .put("now", Instant.now().toString())
                                .put("showClients", settings.get().showClients())
                                .put("pens", texts.known.size())),
                this::took);
        others = sources.others().get();
        if (!others.equals(Others.NONE)) {
            stream.write(text(others), this::took);
        }
        decisions.refresh(sources.decisions().get());
        stream.changed(texts.known.keySet());
        pump(stream);
    }

    private static Buffer text(Others now) {
        return EventText.of(
                "agents",
                new JsonObject()
                        .put("here", now.here())
                        .put("agents", new JsonArray(now.targets()))
                        .put("elsewhere", new JsonObject(new LinkedHashMap<>(now.owners()))));
    }

    private static HttpServerResponse headers(HttpServerResponse response) {
        return response.putHeader(HttpHeaders.CONTENT_TYPE, "text/event-stream")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                // Proxies that gather answers would hold back what is live.
                .putHeader("X-Accel-Buffering", "no");
    }

    private static void refuse(HttpServerResponse response, int status, String why) {
        response.setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, "text/plain; charset=utf-8")
                .end(why + "\n");
    }

    private synchronized void drop(EventStream stream) {
        streams.remove(stream);
        if (streams.isEmpty()) {
            texts.forget();
        }
    }

    private synchronized void pump(EventStream stream) {
        if (streams.contains(stream) && stream.pump(texts, decisions, this::took)) {
            vertx.runOnContext(later -> pump(stream));
        }
    }

    private synchronized void took(EventStream stream, int bytes) {
        if (stream.took(bytes)) {
            pump(stream);
        }
    }

    private synchronized void tick() {
        ticks++;
        look();
        if (streams.isEmpty()) {
            return;
        }
        decisions.refresh(sources.decisions().get());
        Others now = sources.others().get();
        boolean moved = !now.equals(others);
        others = now;
        for (EventStream stream : List.copyOf(streams)) {
            stream.tick();
            if (moved) {
                stream.write(text(now), this::took);
            }
            if (stream.ticksFull() > PATIENCE_TICKS) {
                drop(stream);
                stream.close();
                continue;
            }
            pump(stream);
            if (ticks % BEAT_TICKS == 0 && !stream.wrote() && !stream.isFull()) {
                stream.write(
                        EventText.of(
                                "beat",
                                new JsonObject().put("now", Instant.now().toString())),
                        this::took);
            }
        }
    }

    /** Finds out what is different. */
    private void look() {
        List<PenState> pens = sources.pens().get();
        List<String> changed = new ArrayList<>();
        List<String> turned = new ArrayList<>();
        for (PenState state : pens) {
            history.record(state);
            Optional<PenState> before = texts.learn(state);
            before.ifPresent(was -> (isAnother(was, state) ? turned : changed).add(state.name()));
        }
        Set<String> gone = texts.known.size() > pens.size() ? texts.keepOnly(pens) : Set.of();
        if (!gone.isEmpty()) {
            history.keepOnly(texts.known.keySet());
        }
        for (EventStream stream : streams) {
            gone.forEach(stream::gone);
            stream.changed(changed);
            stream.turned(turned);
        }
    }

    /** Whether more than numbers and what checks saw last are others. */
    private static boolean isAnother(PenState before, PenState now) {
        return before.up() != now.up()
                || !before.remedy().equals(now.remedy())
                || !before.forwards().equals(now.forwards())
                || before.tried() != now.tried();
    }

    int streams() {
        return streams.size();
    }

    /** Each pen as it is now, in words once somebody wants to hear it. */
    final class Texts {
        private final Map<String, Known> known = new LinkedHashMap<>();
        private final Deque<Known> kept = new ArrayDeque<>();
        private long keptBytes;
        private long rendered;

        /** The state it had before, if it is another one now; a pen that was not known was unknown. */
        @SuppressWarnings("ReferenceEquality") // A state that did not change is the same object.
        private Optional<PenState> learn(PenState state) {
            Known before = known.get(state.name());
            if (before != null && before.state == state) {
                return Optional.empty();
            }
            known.put(state.name(), new Known(state));
            return Optional.of(before == null ? PenState.unknown(state.name()) : before.state);
        }

        /** The names of the others. */
        private Set<String> keepOnly(List<PenState> pens) {
            Set<String> gone = new LinkedHashSet<>(known.keySet());
            pens.forEach(state -> gone.remove(state.name()));
            known.keySet().removeAll(gone);
            return gone;
        }

        private void forget() {
            known.replaceAll((name, k) -> new Known(k.state));
            kept.clear();
            keptBytes = 0;
        }

        Buffer pen(String name) {
            Known pen = known.get(name);
            if (pen == null) {
                return Buffer.buffer();
            }
            if (pen.text == null) {
                rendered++;
                Buffer text = EventText.of(
                        "pen",
                        new JsonObject().put("points", history.points(name)).put("pen", PenJson.of(pen.state, false)));
                pen.text = text;
                keep(pen, text);
                return text;
            }
            return pen.text;
        }

        Buffer history(String name) {
            Known pen = known.get(name);
            if (pen == null) {
                return Buffer.buffer();
            }
            if (pen.history == null) {
                Buffer text = EventText.of("history", history.json(name));
                pen.history = text;
                keep(pen, text);
                return text;
            }
            return pen.history;
        }

        /** For the next listener, who is told the same soon; all of them together would be as large as the fleet. */
        private void keep(Known pen, Buffer text) {
            kept.add(pen);
            keptBytes += text.length();
            while (keptBytes > KEPT_BYTES) {
                keptBytes -= kept.remove().forget();
            }
        }
    }

    /** How often a pen was put into words. */
    synchronized long rendered() {
        return texts.rendered;
    }

    private static final class Known {
        private final PenState state;
        private @Nullable Buffer text;
        private @Nullable Buffer history;

        private Known(PenState state) {
            this.state = state;
        }

        /** How many bytes that were. */
        private int forget() {
            int bytes = (text == null ? 0 : text.length()) + (history == null ? 0 : history.length());
            text = null;
            history = null;
            return bytes;
        }
    }
}
