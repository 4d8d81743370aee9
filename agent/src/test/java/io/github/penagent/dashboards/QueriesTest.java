package io.github.penagent.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.penagent.metrics.MetricNames;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What dashboards ask: of series that exist, of the agents that were chosen, over windows that suit how often they are read. */
class QueriesTest {
    private static final String JOB = "job=~\"$job\",instance=~\"$instance\"";

    /** On no page before the first collection of garbage. */
    private static final List<String> LATER = List.of("jvm_gc_pause_seconds");

    private static final Set<String> OF_GRAFANA = Set.of("__rate_interval", "__range", "__interval");
    private static final Set<String> WINDOWS = Set.of(
            "rate [$__rate_interval]",
            "increase [$__rate_interval]",
            "count_over_time [$__rate_interval]",
            "increase [$__range]",
            "max_over_time [$__range]",
            "last_over_time [$__range]");

    /** What an agent did or is itself, whichever pen it was about: added up over agents. */
    private static final Set<String> OF_THE_AGENT = Set.of(
            "pen_polls_total",
            "pen_poll_failures_total",
            "pen_polls_skipped_total",
            "pen_control_occupancy_ratio",
            "pen_server_checks_total",
            "pen_server_check_failures_total",
            "pen_ejections_total",
            "pen_ejection_renewals_total",
            "pen_ejection_lifts_total",
            "pen_ejections_suppressed_total",
            "pen_ejection_verify_failures_total");

    private static final Set<String> LABELS = Set.of(
            "job",
            "instance",
            "pen",
            "server",
            "address",
            "backend",
            "check",
            "client",
            "source",
            "guard",
            "reason",
            "code",
            "outcome",
            "le",
            "state",
            "listen",
            "control",
            "mode",
            "version",
            "revision",
            "java_version");

    static List<Dashboard> dashboards() {
        return Dashboard.all();
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void every_metric_is_one_that_the_agent_shows(Dashboard dashboard) {
        Set<String> shown = new TreeSet<>(MetricNames.all());
        shown.addAll(LATER);
        shown.add("up");
        assertThat(dashboard.queries()).allSatisfy(query -> assertThat(query.metrics())
                .isNotEmpty()
                .allMatch(name -> shown.contains(name) || shown.contains(name.replaceAll("_(bucket|sum|count)$", ""))));
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void only_the_agents_that_were_chosen_are_asked(Dashboard dashboard) {
        assertThat(dashboard.queries()).allSatisfy(query -> {
            assertThat(query.metricsWithoutSelector()).isEmpty();
            assertThat(query.selectors()).isNotEmpty().allMatch(selector -> selector.startsWith(JOB));
        });
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void every_pen_that_was_chosen_is_named_wherever_a_pen_is_asked(Dashboard dashboard) {
        String chosen =
                switch (dashboard.uid()) {
                    case "pen-pen" -> ",pen=\"$pen\"";
                    case "pen-fleet" -> ",pen=~\"$pens\"";
                    default -> "";
                };
        assertThat(dashboard.queries().stream()
                        .map(query -> new Query(query.text().replaceAll("\\bup\\{[^}]*}", "")))
                        .flatMap(query -> query.selectors().stream()))
                .allMatch(selector -> selector.startsWith(JOB + chosen));
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void windows_follow_the_time_range_and_how_often_agents_are_scraped(Dashboard dashboard) {
        assertThat(dashboard.queries()).allSatisfy(query -> {
            assertThat(query.windows()).isSubsetOf(WINDOWS);
            assertThat(query.windowCount()).isEqualTo(query.text().split("\\{[^}]*}\\[\\$__", -1).length - 1L);
        });
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void counters_are_asked_for_their_growth(Dashboard dashboard) {
        assertThat(dashboard.panels()).allSatisfy(panel -> panel.targets().forEach(target -> {
            String expr = target.getString("expr").replaceAll("unless on \\(\\) \\w+\\{[^}]*}", "");
            assertThat(expr).doesNotContainPattern("_(total|bucket|sum|count)\\{[^}]*}(?!\\[)");
        }));
    }

    /** Two agents may show one pen: by design, or while it moves from one to the other. */
    @ParameterizedTest
    @MethodSource("dashboards")
    void a_pen_that_two_agents_show_counts_once(Dashboard dashboard) {
        assertThat(dashboard.queries())
                .allSatisfy(query -> assertThat(query.countedPerAgent()).isSubsetOf(OF_THE_AGENT));
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void a_line_or_row_is_of_a_pen_and_not_of_a_pen_at_an_agent(Dashboard dashboard) {
        assertThat(dashboard.panels()).allSatisfy(panel -> panel.targets()
                .forEach(target -> assertThat(target.getString("legendFormat")).doesNotContain("{{pen}} ·")));
        assertThat(dashboard.queries()).allSatisfy(query -> assertThat(query.text())
                .doesNotContainPattern("(?<!max) by \\([^)]*\\binstance\\b[^)]*\\bpen\\b"));
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void groups_are_of_labels_that_exist(Dashboard dashboard) {
        assertThat(dashboard.queries())
                .allSatisfy(query -> assertThat(query.labels()).isSubsetOf(LABELS));
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void variables_are_there_and_all_are_of_use(Dashboard dashboard) {
        Set<String> used = new TreeSet<>(Set.of("datasource"));
        dashboard.queries().forEach(query -> used.addAll(query.variables()));
        dashboard.variables().stream()
                .skip(1)
                .map(QueriesTest::options)
                .forEach(query -> used.addAll(query.variables()));
        used.removeAll(OF_GRAFANA);
        assertThat(used).containsExactlyInAnyOrderElementsOf(dashboard.variableNames());
    }

    private static Query options(JsonObject variable) {
        assertThat(variable.getString("definition"))
                .isEqualTo(variable.getJsonObject("query").getString("query"));
        return new Query(variable.getString("definition"));
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void brackets_come_in_pairs(Dashboard dashboard) {
        assertThat(dashboard.queries()).allSatisfy(query -> {
            assertThat(query.text().replaceAll("[^(]", ""))
                    .hasSameSizeAs(query.text().replaceAll("[^)]", ""));
            assertThat(query.text().replaceAll("[^{]", ""))
                    .hasSameSizeAs(query.text().replaceAll("[^}]", ""));
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    sum(pen_servers{a="b"}) | pen_servers
                    count by (pen) (min by (pen, address) (pen_server_check_up{}) == 0) | ''
                    sum by (pen) (rate(pen_server_sent_bytes_total{}[5m])) | pen_server_sent_bytes_total
                    sum(max without (instance) (pen_servers{})) | ''
                    sum without (instance) (rate(pen_accepted_connections_total{}[5m]) * on (job, instance) up{}) | ''
                    """)
    void what_counts_once_for_each_agent_is_found(String text, String metric) {
        assertThat(String.join("", new Query(text).countedPerAgent())).isEqualTo(metric);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    sum(rate(pen_polls_total{job="a"}[5m]))               | pen_polls_total | rate [5m]
                    sum by (pen) (pen_up) or vector(0)                    | pen_up          | ''
                    label_replace(pen_up{}, "x", "pen_polls", "", "")     | pen_up          | ''
                    """)
    void a_query_is_read_as_prometheus_would(String text, String metric, String window) {
        assertThat(new Query(text).metrics()).containsExactly(metric);
        assertThat(String.join("", new Query(text).windows())).isEqualTo(window);
    }
}
