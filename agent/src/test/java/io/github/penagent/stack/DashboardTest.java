package io.github.penagent.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DashboardTest {
    private static final String DASHBOARD = """
            {
              "uid": "pens",
              "annotations": { "list": [
                { "name": "Annotations & Alerts", "builtIn": 1 },
                { "name": "Restarts", "expr": "changes(a[1m]) > 0" } ] },
              "templating": { "list": [
                { "name": "datasource", "type": "datasource", "query": "prometheus" },
                { "name": "job", "type": "query", "query": "label_values(b, job)" },
                { "name": "pen", "type": "query", "query": { "query": "label_values(c{job=~\\"$job\\"}, pen)" } } ] },
              "panels": [
                { "title": "Words", "type": "text" },
                { "title": "Lines", "targets": [{ "refId": "A", "expr": "d" }, { "refId": "B", "expr": "e" }] },
                { "type": "row", "panels": [{ "title": "Folded", "targets": [{ "refId": "A", "expr": "f" }] }] } ]
            }
            """;

    @Test
    void its_queries_are_those_of_panels_and_folded_rows_and_variables_and_annotations() {
        assertThat(new Dashboard(DASHBOARD).queries())
                .containsExactly(
                        new Query("pens / Lines / A", "d", ""),
                        new Query("pens / Lines / B", "e", ""),
                        new Query("pens / Folded / A", "f", ""),
                        new Query("pens / $job", "b", "job"),
                        new Query("pens / $pen", "c{job=~\"$job\"}", "pen"),
                        new Query("pens / @Restarts", "changes(a[1m]) > 0", ""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "label_values(pen_up{a=~\"x,y\", b=\"(z)\"}, pen); pen_up{a=~\"x,y\", b=\"(z)\"}; pen",
                "label_values(pen); {pen!=\"\"}; pen",
                "query_result(topk(3, up)); topk(3, up); ''"
            })
    void the_query_of_a_variable_is_read_as_grafana_does(String words, String promql, String label) {
        assertThat(Query.variable("v", words)).isEqualTo(new Query("v", promql, label));
    }

    @Test
    void another_query_of_a_variable_fails() {
        assertThatThrownBy(() -> Query.variable("v", "metrics(.*)"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("metrics(.*)");
    }
}
