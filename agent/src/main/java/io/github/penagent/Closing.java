package io.github.penagent;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Closes what runs, within a limit: an agent that cannot end in order must end all the same. */
final class Closing {
    private static final Logger LOG = LoggerFactory.getLogger(Closing.class);

    private final Duration limit;
    private final AtomicReference<@Nullable Running> running = new AtomicReference<>();

    Closing(Duration limit) {
        this.limit = limit;
    }

    void holds(Running started) {
        running.set(started);
    }

    /** Whether all was closed in time; also true if nothing was running yet. */
    boolean close() {
        Running started = running.get();
        if (started == null) {
            return true;
        }
        AtomicBoolean closed = new AtomicBoolean();
        Thread closer = new Thread(() -> closed.set(close(started)), "closing");
        closer.setDaemon(true);
        closer.start();
        if (!hasEnded(closer)) {
            LOG.atError().addKeyValue("limit", limit).log("stopping takes too long");
        }
        return closed.get();
    }

    private static boolean close(Running started) {
        try {
            started.close();
            return true;
        } catch (RuntimeException e) {
            LOG.atError().setCause(e).log("stopping failed");
            return false;
        }
    }

    private boolean hasEnded(Thread closer) {
        try {
            closer.join(limit.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return !closer.isAlive();
    }
}
