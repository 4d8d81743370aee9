package io.github.penagent.web;

import io.vertx.core.http.HttpConnection;
import java.time.Duration;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * The connections of a listener, of which there is a limit. When it is reached, a new one takes the place of the one that has been
 * doing nothing for longest; those that never asked anything go first. So a crowd that only sits there keeps nobody out. For one
 * event loop.
 */
final class Visitors {
    /** From the connection to the end of the first request's headers, however slowly they come. */
    private static final Duration FIRST = Duration.ofSeconds(10);

    /** Between two requests. */
    private static final Duration REST = Duration.ofSeconds(90);

    private final int most;
    private final LongSupplier nanos;

    /** Since when, the longest first. */
    private final Map<HttpConnection, Long> silent = new LinkedHashMap<>();

    private final Map<HttpConnection, Long> resting = new LinkedHashMap<>();
    private final Set<HttpConnection> served = new HashSet<>();

    /** @param most connections at a time */
    Visitors(int most, LongSupplier nanos) {
        this.most = most;
        this.nanos = nanos;
    }

    /** Somebody has connected. */
    void arrived(HttpConnection connection) {
        if (present() >= most && !dismissOldest(silent) && !dismissOldest(resting)) {
            connection.close();
            return;
        }
        silent.put(connection, nanos.getAsLong());
        connection.closeHandler(closed -> left(connection));
    }

    /** The connection makes a request. */
    void begins(HttpConnection connection) {
        boolean known = silent.remove(connection) != null || resting.remove(connection) != null;
        if (known) {
            served.add(connection);
        }
    }

    /** Its request was answered. */
    void rests(HttpConnection connection) {
        if (served.remove(connection)) {
            resting.put(connection, nanos.getAsLong());
        }
    }

    private void left(HttpConnection connection) {
        silent.remove(connection);
        resting.remove(connection);
        served.remove(connection);
    }

    int present() {
        return silent.size() + resting.size() + served.size();
    }

    /** Closes those that have been doing nothing for too long. */
    void sweep() {
        while (overdue(silent, FIRST)) {
            dismissOldest(silent);
        }
        while (overdue(resting, REST)) {
            dismissOldest(resting);
        }
    }

    private boolean overdue(Map<HttpConnection, Long> idle, Duration limit) {
        Iterator<Long> since = idle.values().iterator();
        return since.hasNext() && nanos.getAsLong() - since.next() > limit.toNanos();
    }

    private static boolean dismissOldest(Map<HttpConnection, Long> idle) {
        Iterator<HttpConnection> all = idle.keySet().iterator();
        if (!all.hasNext()) {
            return false;
        }
        HttpConnection oldest = all.next();
        all.remove();
        Severing.close(oldest);
        return true;
    }
}
