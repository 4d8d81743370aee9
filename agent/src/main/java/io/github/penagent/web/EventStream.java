package io.github.penagent.web;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * One listener. What it has not been told yet is a set of names, never text: one that reads slowly hears less often, and then the
 * latest. Only used under the lock of {@link LiveEvents}.
 */
final class EventStream {
    /** Written in one go before others have their turn. */
    private static final int PORTION = 256 * 1024;

    /** On the way to the listener; more waits until it has taken that. The server's own queue counts messages, whatever their size. */
    private static final int IN_FLIGHT = 64 * 1024;

    /**
     * Told in one second of pens whose numbers alone are others, once everything has been told. A hundred thousand backends have new
     * numbers each second: more than a browser can take, and than we should spend on one. Six hundred pens with ten backends fit.
     */
    static final int NUMBERS_PER_TICK = 2 * 1024 * 1024;

    private final HttpServerResponse response;
    private final Set<String> pens;
    private final Set<String> urgent = new LinkedHashSet<>();
    private final Set<String> changed = new LinkedHashSet<>();
    private final Set<String> told = new LinkedHashSet<>();
    private final Set<String> gone = new LinkedHashSet<>();
    private long decisionsTold;
    private boolean complete;
    private boolean wrote;
    private boolean pumping;
    private long inFlight;
    private int ticksFull;
    private long allowance;

    /** @param pens empty for all */
    EventStream(HttpServerResponse response, Set<String> pens) {
        this.response = response;
        this.pens = Set.copyOf(pens);
    }

    /** Others are told of later, and the longest untold first. */
    void changed(Collection<String> names) {
        note(names, changed);
    }

    /** What they are has changed, and not only by how much. */
    void turned(Collection<String> names) {
        note(names, urgent);
    }

    private void note(Collection<String> names, Set<String> to) {
        for (String name : names) {
            if (pens.isEmpty() || pens.contains(name)) {
                to.add(name);
                gone.remove(name);
            }
        }
    }

    /** Those it never heard of are not gone for it. */
    void gone(String name) {
        changed.remove(name);
        urgent.remove(name);
        if (told.contains(name)) {
            gone.add(name);
        }
    }

    /** How many beats in a row it took nothing of what is on its way. */
    int ticksFull() {
        return ticksFull;
    }

    void tick() {
        ticksFull = isFull() ? ticksFull + 1 : 0;
        allowance = NUMBERS_PER_TICK;
    }

    boolean isFull() {
        return inFlight > IN_FLIGHT;
    }

    /** It took so many bytes; true if it is to be pumped for. */
    boolean took(int bytes) {
        inFlight -= bytes;
        ticksFull = 0;
        return !pumping && !isFull();
    }

    /** Whether anything was written since this was asked last. */
    boolean wrote() {
        boolean did = wrote;
        wrote = false;
        return did;
    }

    /** Writes what it takes; true if there is more that it would take. */
    boolean pump(LiveEvents.Texts texts, DecisionFeed decisions, Taken taken) {
        pumping = true;
        try {
            int written = 0;
            while (!isFull() && !response.closed()) {
                if (written > PORTION) {
                    return true;
                }
                Buffer next = next(texts, decisions);
                if (next.length() == 0) {
                    return false;
                }
                write(next, taken);
                written += next.length();
            }
            return false;
        } finally {
            pumping = false;
        }
    }

    void write(Buffer text, Taken taken) {
        wrote = true;
        int bytes = text.length();
        inFlight += bytes;
        response.write(text).onComplete(done -> taken.took(this, bytes));
    }

    /** Told when a listener has taken something. */
    interface Taken {
        void took(EventStream stream, int bytes);
    }

    void close() {
        response.reset();
    }

    /** Empty if there is nothing to tell. */
    private Buffer next(LiveEvents.Texts texts, DecisionFeed decisions) {
        if (!gone.isEmpty()) {
            String name = first(gone);
            told.remove(name);
            return EventText.of("gone", new JsonObject().put("name", name));
        }
        if (!urgent.isEmpty()) {
            String name = first(urgent);
            changed.remove(name);
            return pen(name, texts);
        }
        if (!changed.isEmpty() && (!complete || allowance > 0)) {
            Buffer pen = pen(first(changed), texts);
            allowance -= pen.length();
            return pen;
        }
        if (decisionsTold < decisions.lastChange()) {
            Buffer all = Buffer.buffer();
            decisions.since(decisionsTold, pens).forEach(item -> all.appendBuffer(item.event()));
            decisionsTold = decisions.lastChange();
            if (all.length() > 0) {
                return all;
            }
        }
        if (!complete) {
            complete = true;
            return EventText.of("complete", new JsonObject());
        }
        return Buffer.buffer();
    }

    private Buffer pen(String name, LiveEvents.Texts texts) {
        Buffer pen = texts.pen(name);
        return told.add(name) ? Buffer.buffer().appendBuffer(pen).appendBuffer(texts.history(name)) : pen;
    }

    private static String first(Set<String> names) {
        Iterator<String> all = names.iterator();
        String name = all.next();
        all.remove();
        return name;
    }
}
