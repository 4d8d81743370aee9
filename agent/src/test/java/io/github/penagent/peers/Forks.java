package io.github.penagent.peers;

import java.io.IOException;

/**
 * Starts processes. Until a new process runs its program it holds every socket that is open here, so that a port which was just
 * closed is still taken; whoever needs one waits for {@link #LOCK}.
 */
final class Forks {
    /** Held while a process is being started, and while it matters that none is. */
    static final Object LOCK = new Object();

    private Forks() {}

    /** Returns when it runs its program. */
    static Process start(ProcessBuilder command) throws IOException {
        synchronized (LOCK) {
            return command.start();
        }
    }
}
