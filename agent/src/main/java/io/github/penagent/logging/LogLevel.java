package io.github.penagent.logging;

import java.util.Locale;
import org.slf4j.event.Level;

/** How much is logged. */
public enum LogLevel {
    ERROR(Level.ERROR, Level.ERROR),
    WARN(Level.WARN, Level.WARN),
    INFO(Level.INFO, Level.WARN),
    /** Stack traces, too. */
    DEBUG(Level.DEBUG, Level.WARN),
    /** The libraries' debug lines, too. */
    TRACE(Level.TRACE, Level.DEBUG);

    private final Level agent;
    private final Level libraries;

    LogLevel(Level agent, Level libraries) {
        this.agent = agent;
        this.libraries = libraries;
    }

    Level agent() {
        return agent;
    }

    /** Netty, Vert.x and Reactor tell at info what only their authors want to know. */
    Level libraries() {
        return libraries;
    }

    boolean showsStacks() {
        return compareTo(DEBUG) >= 0;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
