package io.github.penagent.poll;

import java.time.Duration;

/**
 * How often and how dearly pens are asked.
 *
 * @param interval between two polls of one pen, 20 ms to 24 h; jittered by a tenth either way
 * @param deadline for one command: connect, command and whole reply; 10 ms to 1 min
 * @param maxPenLoad the share of a pen's loop that all commands together may occupy, over 0 and at most 0.5; the interval
 *     stretches to keep it
 */
public record PollSettings(Duration interval, Duration deadline, double maxPenLoad) {
    public static final Duration MIN_INTERVAL = Duration.ofMillis(20);
    public static final Duration MAX_INTERVAL = Duration.ofHours(24);
    public static final Duration MIN_DEADLINE = Duration.ofMillis(10);
    public static final Duration MAX_DEADLINE = Duration.ofMinutes(1);
    public static final double MAX_LOAD = 0.5;

    public PollSettings {
        if (interval.compareTo(MIN_INTERVAL) < 0 || interval.compareTo(MAX_INTERVAL) > 0) {
            throw new IllegalArgumentException("interval must be between 20 ms and 24 h");
        }
        if (deadline.compareTo(MIN_DEADLINE) < 0 || deadline.compareTo(MAX_DEADLINE) > 0) {
            throw new IllegalArgumentException("deadline must be between 10 ms and 1 min");
        }
        if (!(maxPenLoad > 0 && maxPenLoad <= MAX_LOAD)) {
            throw new IllegalArgumentException("max-pen-load must be over 0 and at most 50 %");
        }
    }
}
