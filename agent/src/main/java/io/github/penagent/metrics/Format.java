package io.github.penagent.metrics;

/** The two text formats that Prometheus reads. */
public enum Format {
    /** Prometheus' own, version 0.0.4. */
    TEXT,
    /** OpenMetrics 1.0. */
    OPEN_METRICS
}
