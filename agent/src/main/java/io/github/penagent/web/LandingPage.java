package io.github.penagent.web;

import io.github.penagent.fleet.PenState;
import io.github.penagent.fleet.Reading;
import io.github.penagent.fleet.Remedy;
import io.github.penagent.fleet.Series;
import io.github.penagent.fleet.Slots;
import java.util.List;
import java.util.Locale;

/** What a person sees at {@code /}: each pen in a row, and where everything else is. Plain HTML, no script. */
final class LandingPage {
    private static final String STYLE = """
            :root{color-scheme:light dark}
            body{font:15px/1.45 system-ui,sans-serif;margin:2rem auto;max-width:72rem;padding:0 1rem}
            h1{font-size:1.4rem;margin:0}h2{font-size:1.1rem;margin:1.6rem 0 .4rem}
            table{border-collapse:collapse;width:100%}
            th,td{text-align:left;padding:.3rem .8rem .3rem 0;border-bottom:1px solid #8884;vertical-align:top}
            td.n,th.n{text-align:right;font-variant-numeric:tabular-nums}
            .up{color:#18794e}.down{color:#c62a2f;font-weight:600}
            @media (prefers-color-scheme:dark){.up{color:#4cc38a}.down{color:#ff6369}}
            code{font-size:.95em}p{margin:.3rem 0}
            .scroll{overflow-x:auto}""";

    private final StringBuilder html = new StringBuilder(8 * 1024);

    private LandingPage() {}

    static String of(List<PenState> pens, String version) {
        return new LandingPage().page(pens, version);
    }

    private String page(List<PenState> pens, String version) {
        html.append("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">")
                .append("<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">")
                .append("<title>pen-agent</title><style>")
                .append(STYLE)
                .append("</style></head><body>\n<h1>pen-agent</h1>\n<p>Version ")
                .append(escaped(version))
                .append(
                        ". Pens are polled, and changed only where the mode is enforce.</p>\n<h2>Pens</h2>\n<div class=\"scroll\"><table>\n<tr>")
                .append("<th>Pen</th><th>Mode</th><th>State</th><th>Data plane</th><th class=\"n\">Backends</th>")
                .append("<th>Backend state</th><th class=\"n\">Connections</th>")
                .append("<th class=\"n\">Sent/s</th><th class=\"n\">Received/s</th><th class=\"n\">Poll</th>")
                .append("<th>Listens on</th></tr>\n");
        pens.forEach(this::pen);
        html.append("</table></div>\n<h2>For machines</h2>\n<ul>\n");
        link("/metrics", "every pen, backend and the agent itself, for Prometheus");
        link("/api/v1/pens", "the same state as JSON, one pen at <code>/api/v1/pens/NAME</code>");
        link("/api/v1/decisions", "what was decided lately and why, newest first");
        link("/sd/targets", "this agent as a target, for Prometheus' HTTP service discovery");
        link("/config", "the configuration in force");
        link("/-/healthy", "is the agent alive");
        link("/-/ready", "was every pen asked");
        html.append("<li><code>/probe?target=NAME</code>: one pen, polled now unless that was done a moment ago</li>\n")
                .append("</ul>\n</body></html>\n");
        return html.toString();
    }

    private void pen(PenState state) {
        String name = escaped(state.name());
        html.append("<tr><td><a href=\"/api/v1/pens/")
                .append(name)
                .append("\">")
                .append(name)
                .append("</a></td>");
        state.remedy().ifPresentOrElse(this::mode, () -> html.append("<td></td>"));
        state.reading().ifPresentOrElse(reading -> reading(state, reading), () -> trouble(state));
        html.append("</tr>\n");
    }

    private void mode(Remedy remedy) {
        html.append("<td>").append(remedy.modeLabel());
        if (remedy.panic()) {
            html.append(", <span class=\"down\">panic</span>");
        }
        html.append("</td>");
    }

    private void reading(PenState state, Reading reading) {
        Slots slots = reading.slots();
        Series series = reading.series();
        long connections = 0;
        double sent = 0;
        double received = 0;
        for (int i = 0; i < slots.size(); i++) {
            connections += slots.connections(i);
            sent += Double.isNaN(series.sentRate(i)) ? 0 : series.sentRate(i);
            received += Double.isNaN(series.receivedRate(i)) ? 0 : series.receivedRate(i);
        }
        html.append("<td class=\"up\">up</td>");
        state.forwards()
                .ifPresentOrElse(
                        forwards -> html.append(
                                forwards ? "<td class=\"up\">forwards</td>" : "<td class=\"down\">stuck</td>"),
                        () -> html.append("<td></td>"));
        number(Integer.toString(slots.used()));
        html.append("<td>");
        backends(BackendStates.of(state, reading));
        html.append("</td>");
        number(Long.toString(connections));
        number(bytes(sent));
        number(bytes(received));
        number(String.format(Locale.ROOT, "%.1f ms", reading.sample().took().toNanos() / 1e6));
        html.append("<td>")
                .append(escaped(reading.settings().map(s -> s.listen()).orElse("")))
                .append("</td>");
    }

    private void backends(BackendStates states) {
        for (BackendStates.Trouble trouble : states.troubles()) {
            html.append("<span class=\"down\">")
                    .append(escaped(trouble.address()))
                    .append(' ')
                    .append(trouble.words())
                    .append("</span><br>");
        }
        if (states.healthy() > 0) {
            html.append("<span class=\"up\">").append(states.healthy()).append(" healthy</span>");
        }
    }

    private void trouble(PenState state) {
        if (!state.tried()) {
            html.append("<td colspan=\"9\">not asked yet</td>");
            return;
        }
        html.append("<td class=\"down\">down</td><td colspan=\"8\">");
        state.failure()
                .ifPresent(failure -> html.append(escaped(failure.reason().label()))
                        .append(": ")
                        .append(escaped(failure.message())));
        html.append("</td>");
    }

    private void number(String text) {
        html.append("<td class=\"n\">").append(text).append("</td>");
    }

    private void link(String path, String meaning) {
        html.append("<li><a href=\"")
                .append(path)
                .append("\"><code>")
                .append(path)
                .append("</code></a>: ")
                .append(meaning)
                .append("</li>\n");
    }

    private static String bytes(double perSecond) {
        String[] units = {"B", "kB", "MB", "GB", "TB"};
        int unit = 0;
        double value = perSecond;
        while (value >= 1000 && unit < units.length - 1) {
            value /= 1000;
            unit++;
        }
        return String.format(Locale.ROOT, unit == 0 ? "%.0f %s" : "%.1f %s", value, units[unit]);
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
