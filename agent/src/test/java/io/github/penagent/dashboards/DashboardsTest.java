package io.github.penagent.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a dashboard is as a whole: it can be provisioned as it is, and leads to the others. */
class DashboardsTest {
    private static final List<String> ORDER = List.of("datasource", "job", "instance", "pens", "pen", "server");

    private static final JsonObject EVERYWHERE = JsonObject.of("ids", new JsonArray());

    static List<Dashboard> dashboards() {
        return Dashboard.all();
    }

    @Test
    void there_are_three_with_addresses_that_links_rely_on() {
        assertThat(dashboards()).extracting(Dashboard::uid).containsExactly("pen-agent", "pen-fleet", "pen-pen");
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void it_can_be_provisioned_as_it_is(Dashboard dashboard) {
        JsonObject json = dashboard.json();
        assertThat(json.getMap()).doesNotContainKeys("__inputs", "__requires", "__elements");
        assertThat(json.getValue("id")).isNull();
        assertThat(json.getBoolean("editable")).isFalse();
        assertThat(json.getInteger("schemaVersion")).isBetween(39, 42);
        assertThat(json.getString("title")).startsWith("pen / ");
        assertThat(json.getString("description")).isNotBlank();
        assertThat(json.getJsonArray("tags")).isEqualTo(JsonArray.of("pen", "pen-mixin"));
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void it_shows_the_last_hour_in_the_time_of_whoever_looks(Dashboard dashboard) {
        JsonObject json = dashboard.json();
        assertThat(json.getJsonObject("time")).isEqualTo(JsonObject.of("from", "now-1h", "to", "now"));
        assertThat(json.getString("timezone")).isEqualTo("default");
        assertThat(json.getString("refresh")).isEqualTo("30s");
        assertThat(json.getInteger("graphTooltip")).as("shared crosshair").isOne();
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void its_variables_have_the_order_of_all_dashboards(Dashboard dashboard) {
        List<String> names = dashboard.variableNames();
        assertThat(names).startsWith("datasource", "job", "instance").isSubsetOf(ORDER);
        assertThat(names).isSortedAccordingTo((a, b) -> Integer.compare(ORDER.indexOf(a), ORDER.indexOf(b)));
        assertThat(dashboard.variables())
                .allSatisfy(variable -> assertThat(variable.getString("label")).isNotBlank());
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void its_first_variable_is_the_source_of_all_data(Dashboard dashboard) {
        JsonObject source = dashboard.variables().get(0);
        assertThat(source.getString("type")).isEqualTo("datasource");
        assertThat(source.getString("query")).isEqualTo("prometheus");
        assertThat(source.getString("label")).isEqualTo("Data source");
        assertThat(source.getJsonObject("current")).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void other_variables_follow_the_time_and_can_be_all_but_for_the_one_pen(Dashboard dashboard) {
        assertThat(dashboard.variables().stream().skip(1)).allSatisfy(variable -> {
            boolean many = !variable.getString("name").equals("pen");
            assertThat(variable.getString("type")).isEqualTo("query");
            assertThat(variable.getBoolean("multi")).isEqualTo(many);
            assertThat(variable.getBoolean("includeAll")).isEqualTo(many);
            assertThat(variable.getString("allValue")).isEqualTo(many ? ".+" : null);
            assertThat(variable.getInteger("refresh")).as("on time change").isEqualTo(2);
            assertThat(variable.getInteger("sort")).as("ascending").isIn(1, 3);
        });
    }

    /** Grafana would hand "all" on by the link to the dashboard of one pen, which has nothing of that name to show. */
    @ParameterizedTest
    @MethodSource("dashboards")
    void only_the_dashboard_of_one_pen_has_the_variable_of_one_pen(Dashboard dashboard) {
        assertThat(dashboard.variableNames().contains("pen"))
                .isEqualTo(dashboard.uid().equals("pen-pen"));
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void it_leads_to_the_others_with_time_and_variables(Dashboard dashboard) {
        assertThat(dashboard.links()).singleElement().satisfies(link -> {
            assertThat(link.getString("type")).isEqualTo("dashboards");
            assertThat(link.getJsonArray("tags")).isEqualTo(JsonArray.of("pen-mixin"));
            assertThat(link.getBoolean("keepTime")).isTrue();
            assertThat(link.getBoolean("includeVars")).isTrue();
        });
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void it_marks_ejections_and_restarts(Dashboard dashboard) {
        List<String> asked = new ArrayList<>();
        dashboard.annotations().forEach(annotation -> {
            assertThat(annotation.getString("name")).isNotBlank();
            assertThat(annotation.getBoolean("enable")).isTrue();
            assertThat(annotation.getString("titleFormat")).isNotBlank();
            asked.addAll(new Query(annotation.getString("expr")).metrics());
        });
        assertThat(dashboard.annotations().stream()
                        .map(annotation -> annotation.getJsonObject("filter", EVERYWHERE))
                        .flatMap(filter -> filter.getJsonArray("ids").stream()))
                .as("panels that marks are for")
                .isSubsetOf(dashboard.panels().stream().map(Panel::id).toList());
        assertThat(asked).contains("pen_ejections_total", "pen_process_id_changes_total");
    }
}
