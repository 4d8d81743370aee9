package io.github.penagent;

import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A process of its own, to be sent signals: what it runs closes as the first argument says. */
final class SignalledProgram {
    private static final Logger LOG = LoggerFactory.getLogger(SignalledProgram.class);
    private static final int MORE_THAN_A_PIPE_HOLDS = 20_000;

    private SignalledProgram() {}

    public static void main(String[] args) throws StartFailure {
        int code = new UntilSignal().run(() -> started(args[0]));
        System.exit(code);
    }

    private static Running started(String behaviour) throws StartFailure {
        if (behaviour.equals("fails")) {
            throw new StartFailure("taken");
        }
        if (behaviour.equals("floods")) {
            for (int i = 0; i < MORE_THAN_A_PIPE_HOLDS; i++) {
                LOG.info("a line of some length, so that the pipe fills up and the log stands still");
            }
        }
        System.out.println("started");
        return new Closes(() -> close(behaviour));
    }

    private static void close(String behaviour) {
        LOG.info("closing");
        if (behaviour.equals("hangs")) {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
