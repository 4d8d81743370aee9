package io.github.penagent.web;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.spi.LoggingEventBuilder;

/** How loudly to complain: the first time as a warning, and again after a minute; in between for those who look closely. One thread. */
final class Loudness {
    private static final Duration QUIET = Duration.ofMinutes(1);

    private final Logger log;
    private long warnedNanos;
    private boolean warned;

    Loudness(Logger log) {
        this.log = log;
    }

    LoggingEventBuilder level(long nanos) {
        if (warned && nanos - warnedNanos < QUIET.toNanos()) {
            return log.atDebug();
        }
        warned = true;
        warnedNanos = nanos;
        return log.atWarn();
    }
}
