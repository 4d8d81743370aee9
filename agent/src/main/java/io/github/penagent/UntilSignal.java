package io.github.penagent;

import io.github.penagent.logging.Logging;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs until SIGTERM or SIGINT, then closes in order, writes the log out and ends the process with exit code 0; with 1 if
 * closing failed or took longer than the limit. The JVM itself would end with 143.
 */
final class UntilSignal implements Lifetime {
    private static final Logger LOG = LoggerFactory.getLogger(UntilSignal.class);

    /** Leaves enough of the five seconds that operators are promised for the log and the JVM. */
    private static final Duration LIMIT = Duration.ofMillis(4_200);

    @Override
    public int run(Start start) throws StartFailure {
        Closing closing = new Closing(LIMIT);
        Thread hook = new Thread(() -> end(closing), "shutdown");
        Runtime.getRuntime().addShutdownHook(hook);
        boolean started = false;
        try {
            closing.holds(start.now());
            started = true;
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            if (!started) {
                withdraw(hook);
            }
        }
        return 0;
    }

    private static void end(Closing closing) {
        boolean inOrder = closing.close();
        Logging.stop();
        Runtime.getRuntime().halt(inOrder ? 0 : 1);
    }

    /** A failed start has an exit code of its own, which the hook would replace. */
    private static void withdraw(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            LOG.atDebug().setCause(e).log("already stopping");
        }
    }
}
