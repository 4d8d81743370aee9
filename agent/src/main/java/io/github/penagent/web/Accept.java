package io.github.penagent.web;

import io.vertx.ext.web.MIMEHeader;
import java.util.List;

/** Which text format a scraper prefers, by the weights of its {@code Accept} header. */
final class Accept {
    private Accept() {}

    /**
     * Whether OpenMetrics is to be served: only where it is asked for by name, in a version we speak, with a weight not
     * below that of plain text. Wildcards get plain text, as does everything unheard of: a page is better than a 406.
     */
    static boolean prefersOpenMetrics(List<MIMEHeader> accepted) {
        float openMetrics = 0;
        float text = -1;
        float anything = 0;
        for (MIMEHeader range : accepted) {
            float weight = range.weight();
            if (range.component().equals("application") && range.subComponent().equals("openmetrics-text")) {
                openMetrics = spoken(range) ? Math.max(openMetrics, weight) : openMetrics;
            } else if (range.component().equals("text") && range.subComponent().equals("plain")) {
                text = Math.max(text, weight);
            } else if (range.subComponent().equals("*")) {
                anything = Math.max(anything, weight);
            }
        }
        return openMetrics > 0 && openMetrics >= (text >= 0 ? text : anything);
    }

    /** Version 1.0.0, its draft 0.0.1, or whichever is current. */
    private static boolean spoken(MIMEHeader range) {
        String version = range.parameter("version");
        return version == null || version.equals("1.0.0") || version.equals("0.0.1");
    }
}
