package io.github.penagent;

import org.jline.utils.Signals;

/** SIGHUP, which would end the process otherwise. */
final class Hangup {
    private Hangup() {}

    /** From now on runs {@code action}, on a thread of the JVM's, for each SIGHUP. */
    static void runs(Runnable action) {
        Signals.register("HUP", action);
    }
}
