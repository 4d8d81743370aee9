package io.github.penagent.discovery;

import java.time.Duration;
import java.util.List;

/**
 * Where pens are named beside the fixed list.
 *
 * @param files each different from the others as written
 * @param srv names of SRV records, each different from the others
 * @param refresh between two looks, 1 s to 24 h
 */
public record TargetsSettings(List<FilePattern> files, List<String> srv, Duration refresh) {
    public static final Duration MIN_REFRESH = Duration.ofSeconds(1);
    public static final Duration MAX_REFRESH = Duration.ofHours(24);

    /** Nowhere else. */
    public static final TargetsSettings NONE = new TargetsSettings(List.of(), List.of(), Duration.ofSeconds(30));

    public TargetsSettings {
        files = List.copyOf(files);
        srv = List.copyOf(srv);
        if (refresh.compareTo(MIN_REFRESH) < 0 || refresh.compareTo(MAX_REFRESH) > 0) {
            throw new IllegalArgumentException("refresh must be between 1 s and 24 h");
        }
    }

    /** Whether pens may be named by anything but the fixed list. */
    public boolean any() {
        return !files.isEmpty() || !srv.isEmpty();
    }
}
