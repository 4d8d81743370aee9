package io.github.penagent.stack;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Everything that our rules and dashboards ask, and what a stack answers. */
final class Expressions {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration HOUR = Duration.ofHours(1);

    private final LiveStack stack;
    private final Map<String, List<String>> values;
    private final List<Query> queries = new ArrayList<>();

    Expressions(LiveStack stack) {
        this.stack = stack;
        this.values = Map.of(
                "job", List.of("pen-agent"),
                "instance", List.of(stack.agent.address()),
                "pen", List.of("web"),
                "pens", List.of("web", "shop", "alone"),
                "server", List.of("0", "2"));
        rules().map(rule -> Query.expression(name(rule), rule.getString("query")))
                .flatMap(Query::withAlternatives)
                .forEach(queries::add);
        Shipped.dashboards().forEach(this::addDashboard);
    }

    /** As Prometheus has loaded them, with their {@code health}. */
    Stream<JsonObject> rules() {
        return each(stack.prometheus.data("/api/v1/rules").getJsonArray("groups"))
                .flatMap(group -> each(group.getJsonArray("rules")));
    }

    static String name(JsonObject rule) {
        return rule.getString("name");
    }

    /** Its queries twice: with everything chosen, and with some. */
    private void addDashboard(Path file) {
        Dashboard dashboard = new Dashboard(Shipped.text(file));
        for (boolean all : new boolean[] {true, false}) {
            GrafanaVariables chosen = dashboard.choose(GrafanaVariables.over(SECOND, SECOND, HOUR), values, all);
            dashboard
                    .queries()
                    .map(query -> query.with(chosen::replace))
                    .flatMap(Query::withAlternatives)
                    .forEach(queries::add);
        }
    }

    /** The series that nobody has, of those that are asked for. */
    Set<String> unknownSeries() {
        return unanswered(queries.stream().flatMap(Query::selectors), series -> true);
    }

    /** The names of those to which there was no answer at any time so far, however the variables were chosen. */
    Set<String> unanswered() {
        return unanswered(queries.stream(), series -> true);
    }

    /** The same, what was answered of this pen left out. */
    Set<String> unansweredWithout(String pen) {
        return unanswered(
                queries.stream(),
                series -> !pen.equals(series.getJsonObject("metric").getString("pen")));
    }

    private Set<String> unanswered(Stream<Query> asked, Predicate<JsonObject> counts) {
        Instant now = Instant.now();
        return asked.filter(query -> !answered(query, now, counts))
                .map(Query::name)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    boolean answered(String name) {
        return unanswered(queries.stream().filter(query -> query.name().equals(name)), series -> true)
                .isEmpty();
    }

    private boolean answered(Query query, Instant now, Predicate<JsonObject> counts) {
        JsonArray answer = query.ask(stack.prometheus, stack.begun, now);
        return query.label().isEmpty()
                ? each(answer).filter(counts).anyMatch(Expressions::hasNumbers)
                : !answer.isEmpty();
    }

    /** What divides nothing by nothing shows nothing. */
    private static boolean hasNumbers(JsonObject series) {
        JsonArray values = series.getJsonArray("values");
        return IntStream.range(0, values.size())
                .anyMatch(i -> !values.getJsonArray(i).getString(1).equals("NaN"));
    }

    private static Stream<JsonObject> each(JsonArray array) {
        return IntStream.range(0, array.size()).mapToObj(array::getJsonObject);
    }
}
