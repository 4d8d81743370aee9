package io.github.penagent.logging;

import java.util.Locale;

/** How a log line is written. */
public enum LogFormat {
    /** {@code key=value} pairs, for people and for log stores alike. */
    LOGFMT,
    /** One JSON object a line, as logback writes it. */
    JSON;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
