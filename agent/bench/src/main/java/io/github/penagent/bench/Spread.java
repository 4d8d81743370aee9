package io.github.penagent.bench;

import java.util.Arrays;
import java.util.Locale;

/** The middle of some rounds, and how far apart they were. */
record Spread(double median, double min, double max) {
    /** Past this, on either side of the median, a figure says little. */
    private static final double NOISY = 0.3;

    static Spread of(double... values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("no values");
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int half = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
        return new Spread(median, sorted[0], sorted[sorted.length - 1]);
    }

    boolean noisy() {
        return max > median * (1 + NOISY) || min < median * (1 - NOISY);
    }

    @Override
    public String toString() {
        String text = number(median);
        if (min != max) {
            text += " (" + number(min) + " to " + number(max) + ")";
        }
        return noisy() ? text + " noisy" : text;
    }

    /** Three digits that count. */
    static String number(double value) {
        double size = Math.abs(value);
        if (size >= 100 || value == 0) {
            return String.format(Locale.ROOT, "%.0f", value);
        }
        if (size >= 10) {
            return String.format(Locale.ROOT, "%.1f", value);
        }
        return size >= 0.1 ? String.format(Locale.ROOT, "%.2f", value) : String.format(Locale.ROOT, "%.3f", value);
    }
}
