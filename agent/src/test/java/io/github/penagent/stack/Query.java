package io.github.penagent.stack;

import io.github.penagent.peers.RealPrometheus;
import io.vertx.core.json.JsonArray;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Something that a dashboard or a rule asks.
 *
 * @param name where it stands, for people
 * @param promql an expression; a selector of series if there is a {@code label}
 * @param label the label whose values are asked for; empty for the expression's own value
 */
record Query(String name, String promql, String label) {
    private static final Pattern LABEL_VALUES = Pattern.compile("label_values\\((?:(.+),)?\\s*(\\w+)\\s*\\)");
    private static final Pattern FALLBACK = Pattern.compile("^\\(*(label_replace\\()?(0 \\*|vector\\(0\\))|\\* NaN$");
    private static final Pattern QUERY_RESULT = Pattern.compile("query_result\\((.+)\\)");

    static Query expression(String name, String promql) {
        return new Query(name, promql, "");
    }

    /** The query of a dashboard's variable, in Grafana's own words. */
    static Query variable(String name, String words) {
        Matcher values = LABEL_VALUES.matcher(words.strip());
        if (values.matches()) {
            String label = values.group(2);
            String selector = values.group(1);
            return new Query(name, selector == null ? "{" + label + "!=\"\"}" : selector.strip(), label);
        }
        Matcher result = QUERY_RESULT.matcher(words.strip());
        if (result.matches()) {
            return expression(name, result.group(1));
        }
        throw new AssertionError(name + ": not a variable's query: " + words);
    }

    /** The same, changed before it is sent. */
    Query with(UnaryOperator<String> change) {
        return new Query(name, change.apply(promql), label);
    }

    /**
     * This and its alternatives, where there are several: one that is wrong would hide behind another. Those that are there to show
     * a zero where nothing is to be shown are left out.
     */
    Stream<Query> withAlternatives() {
        List<String> all = PromQl.alternatives(promql);
        Stream<Query> each = IntStream.range(0, all.size())
                .filter(i -> all.size() > 1 && !FALLBACK.matcher(all.get(i)).find())
                .mapToObj(i -> expression(name + " #" + (i + 1), all.get(i)));
        return Stream.concat(Stream.of(this), label.isEmpty() ? each : Stream.empty());
    }

    /** The series that it is about. */
    Stream<Query> selectors() {
        return PromQl.selectors(promql).stream().map(selector -> expression(name + ": " + selector, selector));
    }

    /** What it found at any second of that time. */
    JsonArray ask(RealPrometheus prometheus, Instant from, Instant to) {
        return label.isEmpty() ? prometheus.range(promql, from, to) : prometheus.labelValues(label, promql, from, to);
    }
}
