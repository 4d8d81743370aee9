package io.github.penagent.health;

/**
 * When pen's own counters speak against a backend.
 *
 * @param enabled whether they may
 * @param reads how many readings in a row have to show it, 2 to 100
 * @param minBytes how many bytes must have gone to the backend in each of them, 1 to 1 GiB
 */
public record PassiveSettings(boolean enabled, int reads, long minBytes) {
    public static final int MIN_READS = 2;
    public static final int MAX_READS = 100;
    public static final long MAX_BYTES = 1024L * 1024 * 1024;

    public PassiveSettings {
        if (reads < MIN_READS || reads > MAX_READS || minBytes < 1 || minBytes > MAX_BYTES) {
            throw new IllegalArgumentException("reads must be 2 to 100, min-bytes 1 to 1 GiB");
        }
    }
}
