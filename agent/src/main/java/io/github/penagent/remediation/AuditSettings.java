package io.github.penagent.remediation;

import java.nio.file.Path;

/**
 * Where every decision is written down.
 *
 * @param maxBytes when the file is put aside and a new one begun, 64 KiB to 1 GiB
 * @param keep how many files that were put aside are kept, 1 to 100
 */
public record AuditSettings(Path file, long maxBytes, int keep) {
    public static final long MIN_BYTES = 64 * 1024;
    public static final long MAX_BYTES = 1024L * 1024 * 1024;
    public static final int MAX_KEEP = 100;
}
