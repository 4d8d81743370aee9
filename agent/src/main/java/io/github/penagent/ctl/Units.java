package io.github.penagent.ctl;

import java.util.Locale;

/** Numbers as people read them. */
final class Units {
    private static final double STEP = 1024;
    private static final String PREFIXES = "KMGTPE";

    private Units() {}

    /** {@code 1.4 MiB}; the bytes are unsigned. */
    static String bytes(long unsigned) {
        return unsigned < 0 ? bytes(unsigned + 0x1p64) : bytes((double) unsigned);
    }

    /** {@code 1.4 MiB/s}, and a dash where nothing is known yet. */
    static String rate(double bytesPerSecond) {
        return Double.isNaN(bytesPerSecond) ? "-" : bytes(bytesPerSecond) + "/s";
    }

    /** {@code 5m}, {@code 1h30m}, {@code 45s}. */
    static String seconds(int seconds) {
        if (seconds < 60) {
            return seconds + "s";
        }
        int minutes = seconds / 60;
        String rest = seconds % 60 == 0 ? "" : seconds % 60 + "s";
        return minutes < 60 ? minutes + "m" + rest : minutes / 60 + "h" + (minutes % 60 == 0 ? "" : minutes % 60 + "m");
    }

    private static String bytes(double amount) {
        double rest = amount;
        int step = -1;
        // 1023.95 would print as 1024.0 of the smaller unit.
        while (rest >= STEP - 0.05 && step < PREFIXES.length() - 1) {
            rest /= STEP;
            step++;
        }
        return step < 0
                ? String.format(Locale.ROOT, "%.0f B", rest)
                : String.format(Locale.ROOT, "%.1f %ciB", rest, PREFIXES.charAt(step));
    }
}
