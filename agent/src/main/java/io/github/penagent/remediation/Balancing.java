package io.github.penagent.remediation;

import java.util.HashMap;
import java.util.Map;

/**
 * How pen picks a backend, as far as it matters here.
 *
 * @param turnsAway whether clients of a backend that is not available are closed rather than sent to another: {@code stubborn}
 *     without {@code roundrobin}
 * @param byWeight whether a backend of weight 0 gets nothing
 */
record Balancing(boolean turnsAway, boolean byWeight) {

    /** Reads pen's own words, such as {@code no hash roundrobin no stubborn no weight no prio}. */
    static Balancing of(String mode) {
        Map<String, Boolean> flags = new HashMap<>();
        boolean on = true;
        for (String word : mode.split(" ", -1)) {
            if (word.equals("no")) {
                on = false;
            } else {
                flags.put(word, on);
                on = true;
            }
        }
        boolean stubborn = flags.getOrDefault("stubborn", false);
        return new Balancing(stubborn && !flags.getOrDefault("roundrobin", false), flags.getOrDefault("weight", false));
    }
}
