package io.github.penagent.poll;

import java.time.Duration;

/**
 * The slower rhythm on which pens are asked for their clients.
 *
 * @param enabled whether at all
 * @param window how long after its last accept a client counts as recent: 1 s to 24 h
 * @param interval between two questions to one pen: 1 s to 12 h
 * @param top how many clients per pen get metrics of their own, 0 (none) to {@value #MAX_TOP}
 */
public record RecentClientsSettings(boolean enabled, Duration window, Duration interval, int top) {
    public static final int MAX_TOP = 1_000;
    public static final Duration MIN = Duration.ofSeconds(1);
    public static final Duration MAX = Duration.ofHours(24);

    public RecentClientsSettings {
        if (window.compareTo(MIN) < 0 || window.compareTo(MAX) > 0) {
            throw new IllegalArgumentException("window must be between 1 s and 24 h");
        }
        if (interval.compareTo(MIN) < 0 || interval.compareTo(MAX.dividedBy(2)) > 0) {
            throw new IllegalArgumentException("interval must be between 1 s and 12 h");
        }
        if (top < 0 || top > MAX_TOP) {
            throw new IllegalArgumentException("top must be between 0 and " + MAX_TOP);
        }
    }
}
