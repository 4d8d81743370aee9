package io.github.penagent.config;

/** Sizes in the words of a message: the largest unit that leaves no fraction. */
final class Sizes {
    private static final String[] UNITS = {"B", "KiB", "MiB", "GiB"};

    private Sizes() {}

    static String shown(long bytes) {
        long left = bytes;
        int unit = 0;
        while (left >= 1024 && left % 1024 == 0 && unit < UNITS.length - 1) {
            left /= 1024;
            unit++;
        }
        return left + " " + UNITS[unit];
    }
}
