package io.github.penagent.stack;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What Grafana's Prometheus data source makes of a query before it sends it: {@code $name}, {@code ${name}}, {@code ${name:format}}
 * and {@code [[name]]} give way to what was chosen. Names and formats that are not known fail, where Grafana would send them on.
 */
final class GrafanaVariables {
    private static final Pattern VARIABLE =
            Pattern.compile("\\$([A-Za-z_]\\w*)|\\$\\{([\\w.]+)(?::([^}]*))?}|\\[\\[(\\w+)(?::(\\w+))?]]");

    private static final Pattern SPECIAL = Pattern.compile("[\\^$*+?.()|\\[\\]{}']");

    private final Map<String, Chosen> chosen = new HashMap<>();

    /** How values are written where the query says nothing of it. */
    private enum Kind {
        /** As they are: {@code allValue} and times. */
        AS_IS,
        /** For a string, of a variable that has one value. */
        TEXT,
        /** For a regular expression within a string, of a variable that can have several. */
        EXPRESSION
    }

    private record Chosen(Kind kind, List<String> values) {}

    private GrafanaVariables() {}

    /**
     * Grafana's own.
     *
     * @param scrape how often targets are scraped, as the data source knows it
     * @param interval the step of the query
     * @param range the time that the dashboard shows
     */
    static GrafanaVariables over(Duration scrape, Duration interval, Duration range) {
        long window = Math.max(
                interval.plus(scrape).toMillis(), scrape.multipliedBy(4).toMillis());
        return new GrafanaVariables()
                .time("__interval", interval.toMillis())
                .time("__rate_interval", window)
                .time("__range", range.toMillis())
                .all("__range_s", Long.toString(range.toSeconds()));
    }

    private GrafanaVariables time(String name, long millis) {
        return all(name, millis % 1_000 == 0 ? millis / 1_000 + "s" : millis + "ms")
                .all(name + "_ms", Long.toString(millis));
    }

    /** "All" of a variable whose {@code allValue} this is. */
    GrafanaVariables all(String name, String allValue) {
        chosen.put(name, new Chosen(Kind.AS_IS, List.of(allValue)));
        return this;
    }

    /** Of a variable with {@code multi} or {@code includeAll}. */
    GrafanaVariables several(String name, String... values) {
        chosen.put(name, new Chosen(Kind.EXPRESSION, List.of(values)));
        return this;
    }

    /** Of a variable without. */
    GrafanaVariables single(String name, String value) {
        chosen.put(name, new Chosen(Kind.TEXT, List.of(value)));
        return this;
    }

    /** The query as Prometheus gets it. */
    String replace(String query) {
        return VARIABLE.matcher(query).replaceAll(found -> Matcher.quoteReplacement(value(query, found)));
    }

    private String value(String query, MatchResult found) {
        Chosen value = chosen.get(group(found, 1, 2, 4));
        if (value == null) {
            throw new AssertionError("no variable " + found.group() + " for " + query);
        }
        String format = group(found, 3, 5);
        return switch (format) {
            case "" -> byDefault(value);
            case "raw", "csv" -> String.join(",", value.values());
            case "pipe" -> String.join("|", value.values());
            case "regex" -> value.kind() == Kind.AS_IS ? byDefault(value) : any(value.values(), "\\");
            default -> throw new AssertionError("no format " + format + " for " + query);
        };
    }

    /** The first of these groups that took part, or nothing. */
    private static String group(MatchResult found, int... groups) {
        return IntStream.of(groups)
                .mapToObj(found::group)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse("");
    }

    private static String byDefault(Chosen value) {
        return switch (value.kind()) {
            case AS_IS -> value.values().get(0);
            case TEXT -> value.values().get(0).replace("\\", "\\\\");
            case EXPRESSION -> any(value.values(), "\\\\");
        };
    }

    /** {@code escape} before each character that means something in a regular expression. */
    private static String any(List<String> values, String escape) {
        String each = values.stream()
                .map(text ->
                        SPECIAL.matcher(text).replaceAll(special -> Matcher.quoteReplacement(escape + special.group())))
                .collect(Collectors.joining("|"));
        return values.size() == 1 ? each : "(" + each + ")";
    }
}
