package io.github.penagent.health;

import java.time.Duration;

/**
 * How often a check is made, and how many results alike it takes to believe them.
 *
 * @param interval between two checks of one backend while nothing changes, 100 ms to 1 h; jittered by a tenth
 * @param fastInterval the same while the results are about to change the verdict, 50 ms to {@code interval}
 * @param timeout for one check from connect to the whole answer, 10 ms to 1 min
 * @param fall failures in a row that make a backend failing, 1 to 100
 * @param rise successes in a row that make it healthy again, 1 to 100
 */
public record Pace(Duration interval, Duration fastInterval, Duration timeout, int fall, int rise) {
    public static final Duration MIN_INTERVAL = Duration.ofMillis(100);
    public static final Duration MAX_INTERVAL = Duration.ofHours(1);
    public static final Duration MIN_FAST_INTERVAL = Duration.ofMillis(50);
    public static final Duration MIN_TIMEOUT = Duration.ofMillis(10);
    public static final Duration MAX_TIMEOUT = Duration.ofMinutes(1);
    public static final int MAX_COUNT = 100;

    public Pace {
        within("interval", interval, MIN_INTERVAL, MAX_INTERVAL);
        within("fast-interval", fastInterval, MIN_FAST_INTERVAL, interval);
        within("timeout", timeout, MIN_TIMEOUT, MAX_TIMEOUT);
        if (fall < 1 || fall > MAX_COUNT || rise < 1 || rise > MAX_COUNT) {
            throw new IllegalArgumentException("fall and rise must be between 1 and " + MAX_COUNT);
        }
    }

    /** For how long after its end a result still says something: two intervals and the time that one check may take. */
    public long validForNanos() {
        return 2 * interval.toNanos() + timeout.toNanos();
    }

    private static void within(String name, Duration value, Duration min, Duration max) {
        if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
            throw new IllegalArgumentException(name + " must be between " + min + " and " + max);
        }
    }
}
