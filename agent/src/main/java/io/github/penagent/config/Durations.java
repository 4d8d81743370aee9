package io.github.penagent.config;

import java.time.Duration;

/** Durations in the words of a message: the largest unit that leaves no fraction. */
final class Durations {
    private Durations() {}

    static String shown(Duration duration) {
        long ms = duration.toMillis();
        if (ms == 0) {
            return "0 s";
        }
        if (ms % 3_600_000 == 0) {
            return ms / 3_600_000 + " h";
        }
        if (ms % 60_000 == 0) {
            return ms / 60_000 + " min";
        }
        return ms % 1_000 == 0 ? ms / 1_000 + " s" : ms + " ms";
    }
}
