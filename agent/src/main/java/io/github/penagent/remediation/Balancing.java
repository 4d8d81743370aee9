package io.github.penagent.remediation;

/**
 * How pen picks a backend, as far as it matters here.
 *
 * @param turnsAway whether clients of a backend that is not available are closed rather than sent to another: {@code stubborn}
 *     without {@code roundrobin}
 * @param byWeight whether a backend of weight 0 gets nothing
 */
record Balancing(boolean turnsAway, boolean byWeight) {
    private static final Balancing UNKNOWN = new Balancing(false, false);

    /** Reads pen's own words, such as {@code no hash roundrobin no stubborn no weight no prio}; empty where it gave none. */
    static Balancing of(String words) {
        return io.github.penagent.penctl.Mode.of(words)
                .map(mode -> new Balancing(mode.stubborn() && !mode.roundrobin(), mode.weight()))
                .orElse(UNKNOWN);
    }
}
