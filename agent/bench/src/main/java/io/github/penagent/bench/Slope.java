package io.github.penagent.bench;

/**
 * How a figure grows, by least squares.
 *
 * @param mean of the figure
 * @param perMinute by how much it grows
 * @param error half of the range in which the true growth is with 95 % confidence
 */
record Slope(double mean, double perMinute, double error) {
    /** Twenty-odd points: Student's t with as many degrees of freedom. */
    private static final double T = 2.08;

    /** @param points of which each is news: the figure once a minute, three times at least */
    static Slope of(double... points) {
        int n = points.length;
        if (n < 3) {
            throw new IllegalArgumentException("too few points: " + n);
        }
        double mean = 0;
        for (double point : points) {
            mean += point / n;
        }
        double sxx = 0;
        double sxy = 0;
        for (int i = 0; i < n; i++) {
            double x = i - (n - 1) / 2.0;
            sxx += x * x;
            sxy += x * (points[i] - mean);
        }
        double slope = sxy / sxx;
        double left = 0;
        for (int i = 0; i < n; i++) {
            double off = points[i] - mean - slope * (i - (n - 1) / 2.0);
            left += off * off;
        }
        return new Slope(mean, slope, T * Math.sqrt(left / (n - 2) / sxx));
    }

    /** What it grows by in an hour for certain, as a share of what there is; below 0 where it may as well shrink. */
    double surePerHour() {
        return 60 * (perMinute - error) / mean;
    }
}
