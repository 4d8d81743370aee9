package io.github.penagent;

import java.util.Locale;

/** How a log line is written. */
enum LogFormat {
    /** {@code key=value} pairs, for people and for log stores alike. */
    LOGFMT,
    /** One JSON object a line, as logback writes it. */
    JSON;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
