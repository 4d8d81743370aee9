package io.github.penagent.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.penagent.metrics.MetricNames;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every rule says what it has to, is about what there is, and has been tried. */
class RulesTest {
    private static final Set<String> METRICS = MetricNames.all();
    private static final Set<String> LABELS = Set.of(
            "pen",
            "server",
            "address",
            "check",
            "reason",
            "source",
            "code",
            "outcome",
            "mode",
            "listen",
            "control",
            "job",
            "instance");
    private static final String RUNBOOKS = "https://github.com/penagent/pen-agent/blob/main/alerts/runbooks/";
    private static final List<Trial> TRIALS = Trial.all();

    static List<Rule> alerts() {
        return Rule.in(Rule.ALERTS);
    }

    static List<Rule> recorded() {
        return Rule.in(Rule.RECORDING);
    }

    static List<Rule> all() {
        return Stream.of(alerts(), recorded(), Rule.in(Rule.EXAMPLE))
                .flatMap(List::stream)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("alerts")
    void an_alert_says_how_bad_it_is_and_what_to_do(Rule alert) {
        assertThat(alert.name()).matches("Pen([A-Z][a-z]+)+");
        assertThat(alert.pause()).matches("\\d+[mh]");
        assertThat(alert.labels()).containsOnlyKeys("severity");
        assertThat(alert.labels().get("severity")).isIn("critical", "warning", "info");
        assertThat(alert.annotations()).containsOnlyKeys("summary", "description", "runbook_url");
        assertThat(alert.annotations()).containsEntry("runbook_url", RUNBOOKS + alert.name() + ".md");
    }

    /** The one is a title, the same for all; the other tells which. */
    @ParameterizedTest
    @MethodSource("alerts")
    void a_summary_stays_the_same_and_a_description_tells_which(Rule alert) {
        assertThat(alert.annotations().get("summary")).endsWith(".").doesNotContain("{{");
        assertThat(alert.annotations().get("description")).endsWith(".").contains("{{ $labels.");
    }

    /** A value in a label makes another alert of it each time. */
    @ParameterizedTest
    @MethodSource("all")
    void no_label_has_a_value(Rule rule) {
        assertThat(rule.labels().values()).noneMatch(text -> text.contains("{{"));
    }

    @Test
    void few_alerts_wake_people() {
        assertThat(alerts().stream().filter(alert -> alert.is("critical")))
                .extracting(Rule::name)
                .containsExactlyInAnyOrder(
                        "PenDown", "PenDataPlaneHung", "PenNoHealthyServer", "PenEjectionBudgetExhausted");
    }

    @Test
    void names_are_given_once() {
        assertThat(all()).extracting(Rule::name).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("all")
    void a_rule_is_about_metrics_and_labels_that_exist(Rule rule) {
        Set<String> known = new HashSet<>(METRICS);
        recorded().forEach(each -> known.add(each.name()));
        known.addAll(List.of("up", "http_requests_total"));
        assertThat(PromQl.metrics(rule.expr())).isNotEmpty().isSubsetOf(known);
        assertThat(PromQl.labels(rule.expr())).isSubsetOf(LABELS);
    }

    @ParameterizedTest
    @MethodSource("recorded")
    void what_is_recorded_is_named_after_level_metric_and_operation(Rule rule) {
        assertThat(rule.name())
                .matches("(pen|server|check):pen_[a-z_]+:[a-z0-9_]+")
                .doesNotContain("_total");
        assertThat(rule.expr()).doesNotContainPattern("\\bby\\b");
        assertThat(rule.labels()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("alerts")
    void an_alert_was_seen_to_fire_and_to_be_quiet(Rule alert) {
        List<Trial> trials = trials(alert.name());
        assertThat(trials).anyMatch(trial -> trial.tells("fires") && trial.fires());
        assertThat(trials).anyMatch(trial -> trial.tells("quiet") && !trial.fires());
        // Nothing that is called quiet fires at any time.
        assertThat(trials).noneMatch(trial -> trial.tells("quiet") && trial.fires());
    }

    @ParameterizedTest
    @MethodSource("alerts")
    void an_alert_was_tried_on_series_that_vanish_and_counters_that_fall(Rule alert) {
        List<Trial> trials = trials(alert.name());
        assertThat(trials).anyMatch(trial -> trial.tells("vanishes"));
        if (alert.expr().contains("_total")) {
            assertThat(trials).anyMatch(trial -> trial.tells("resets"));
        }
    }

    @ParameterizedTest
    @MethodSource("recorded")
    void what_is_recorded_was_seen(Rule rule) {
        assertThat(trials(rule.name())).anyMatch(Trial::fires);
    }

    /** Else a test could pass because its alert is misspelt. */
    @Test
    void no_trial_is_about_a_rule_that_does_not_exist() {
        Set<String> names = all().stream().map(Rule::name).collect(Collectors.toCollection(TreeSet::new));
        names.add("ALERTS");
        assertThat(TRIALS)
                .allMatch(trial -> names.contains(trial.rule()) || names.containsAll(PromQl.recorded(trial.rule())));
    }

    /** Alerts of two agents on one pen would be two, and another one after each move. */
    @ParameterizedTest
    @MethodSource("alerts")
    void an_alert_on_a_pen_is_no_matter_of_who_saw_it(Rule alert) {
        if (alert.name().startsWith("PenAgent")) {
            assertThat(alert.annotations().get("description")).contains("{{ $labels.instance }}");
        } else {
            assertThat(alert.annotations().get("description")).doesNotContain("$labels.instance");
            assertThat(alert.expr()).contains("without (instance");
        }
    }

    private static List<Trial> trials(String rule) {
        return TRIALS.stream().filter(trial -> trial.rule().equals(rule)).toList();
    }

    @Test
    void the_example_asks_for_what_the_agent_and_alertmanager_look_for() {
        Rule example = Rule.in(Rule.EXAMPLE).get(0);
        assertThat(example.name()).isEqualTo("BackendErrors");
        assertThat(example.labels()).containsAllEntriesOf(Map.of("pen_action", "eject"));
        assertThat(trials(example.name())).anyMatch(Trial::fires).anyMatch(trial -> !trial.fires());
    }
}
