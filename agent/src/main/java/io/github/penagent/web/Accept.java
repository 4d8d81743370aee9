package io.github.penagent.web;

import io.vertx.ext.web.MIMEHeader;
import io.vertx.ext.web.ParsedHeaderValue;
import java.util.List;

/** What a scraper prefers: which text format, and whether compressed. */
final class Accept {
    private Accept() {}

    /**
     * Whether OpenMetrics is to be served, by the weights of the {@code Accept} header: only where it is asked for by name, in a version we speak, with a weight not
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

    /** Whether the answer may be compressed by gzip, by the weights of its {@code Accept-Encoding} header. */
    static boolean allowsGzip(List<ParsedHeaderValue> accepted) {
        float gzip = -1;
        float anything = 0;
        for (ParsedHeaderValue coding : accepted) {
            if (coding.value().equals("gzip") || coding.value().equals("x-gzip")) {
                gzip = Math.max(gzip, coding.weight());
            } else if (coding.value().equals("*")) {
                anything = coding.weight();
            }
        }
        return (gzip >= 0 ? gzip : anything) > 0;
    }

    /** Version 1.0.0, its draft 0.0.1, or whichever is current. */
    private static boolean spoken(MIMEHeader range) {
        String version = range.parameter("version");
        return version == null || version.equals("1.0.0") || version.equals("0.0.1");
    }
}
