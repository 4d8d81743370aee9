package io.github.penagent.web;

import java.util.Set;

/**
 * What one scrape asks for.
 *
 * @param openMetrics OpenMetrics 1.0 rather than text 0.0.4
 * @param pens the pens to show; empty for all, together with the agent's own meters
 * @param names the metrics to show, by the name on their lines; empty for all
 * @param gzip whether the answer may be compressed already
 */
public record ScrapeRequest(boolean openMetrics, Set<String> pens, Set<String> names, boolean gzip) {
    public ScrapeRequest {
        pens = Set.copyOf(pens);
        names = Set.copyOf(names);
    }

    /** Whether everything is asked for. */
    public boolean whole() {
        return pens.isEmpty() && names.isEmpty();
    }

    /** Whether the lines of {@code metric} are wanted. */
    public boolean wants(String metric) {
        return names.isEmpty() || names.contains(metric);
    }
}
