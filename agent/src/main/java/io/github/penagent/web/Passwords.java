package io.github.penagent.web;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Compares passwords with their hashes, which is costly by design: off the event loop, one at a time, and once for each that is
 * tried, so that a scrape costs none. For one event loop.
 */
final class Passwords {
    private static final int REMEMBERED = 100;

    /** Some seconds of work; who comes later is told so. */
    private static final int WAITING = 32;

    private final WorkerExecutor worker;

    /** Apart, so that guesses do not drive out those who know. */
    private final Map<String, Boolean> right = new Recent();

    private final Map<String, Boolean> wrong = new Recent();
    private int waiting;

    /** @param name of the thread */
    Passwords(Vertx vertx, String name) {
        worker = vertx.createSharedWorkerExecutor(name, 1);
    }

    /** Fails with {@link Busy} if too many wait. */
    Future<Boolean> matches(PasswordHash hash, String password) {
        String key = digest(hash, password);
        if (right.get(key) != null) {
            return Future.succeededFuture(true);
        }
        if (wrong.get(key) != null) {
            return Future.succeededFuture(false);
        }
        if (waiting >= WAITING) {
            return Future.failedFuture(new Busy());
        }
        waiting++;
        return worker.executeBlocking(() -> hash.matches(password), false)
                .onComplete(end -> waiting--)
                .onSuccess(same -> (same ? right : wrong).put(key, same));
    }

    void close() {
        worker.close();
    }

    /** Too many passwords wait to be compared. */
    static final class Busy extends Exception {
        private static final long serialVersionUID = 1L;

        Busy() {
            super("too many passwords wait to be compared", null, false, false);
        }
    }

    /** No password is kept, only what it takes to know it again; a hash has a fixed length, so that no two pairs look alike. */
    private static String digest(PasswordHash hash, String password) {
        try {
            byte[] both = (hash.text() + password).getBytes(StandardCharsets.UTF_8);
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(both));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class Recent extends LinkedHashMap<String, Boolean> {
        private static final long serialVersionUID = 1L;

        Recent() {
            super(16, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.@Nullable Entry<String, Boolean> eldest) {
            return size() > REMEMBERED;
        }
    }
}
