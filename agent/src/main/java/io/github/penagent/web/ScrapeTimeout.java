package io.github.penagent.web;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How long a scraper is going to wait, as Prometheus says with each request. */
final class ScrapeTimeout {
    static final String HEADER = "X-Prometheus-Scrape-Timeout-Seconds";

    /** For the way back. */
    private static final double MARGIN_SECONDS = 0.5;

    private ScrapeTimeout() {}

    /** In how many milliseconds to answer at the latest; empty where the header is absent or makes no sense. */
    static Optional<Long> millis(@Nullable String header) {
        if (header == null) {
            return Optional.empty();
        }
        double seconds;
        try {
            seconds = Double.parseDouble(header);
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
        if (!(seconds > 0 && seconds < 3600)) {
            return Optional.empty();
        }
        return Optional.of(Math.max(1, Math.round(1000 * Math.max(seconds - MARGIN_SECONDS, seconds / 2))));
    }
}
