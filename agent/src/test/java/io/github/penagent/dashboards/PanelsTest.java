package io.github.penagent.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every panel owes to who looks at it: a place, a name, an explanation, a unit, and data from the source chosen. */
class PanelsTest {
    private static final Set<String> ALIVE =
            Set.of("row", "stat", "timeseries", "table", "state-timeline", "heatmap", "bargauge", "gauge");
    private static final JsonObject SOURCE = JsonObject.of("type", "prometheus", "uid", "${datasource}");

    static List<Dashboard> dashboards() {
        return Dashboard.all();
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void panels_have_ids_of_their_own(Dashboard dashboard) {
        assertThat(dashboard.panels())
                .hasSizeGreaterThan(15)
                .extracting(Panel::id)
                .doesNotHaveDuplicates()
                .allMatch(id -> id > 0);
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void panels_lie_side_by_side_and_fill_the_width(Dashboard dashboard) {
        List<Panel> panels = dashboard.panels();
        Map<Integer, Integer> widths = new TreeMap<>();
        Map<Integer, Integer> heights = new HashMap<>();
        for (Panel panel : panels) {
            assertThat(panels)
                    .filteredOn(panel::overlaps)
                    .as("in the place of " + panel)
                    .containsExactly(panel);
            assertThat(panel.at("x") + panel.at("w")).as(panel.toString()).isLessThanOrEqualTo(24);
            widths.merge(panel.at("y"), panel.at("w"), Integer::sum);
            assertThat(heights.merge(panel.at("y"), panel.at("h"), (before, now) -> now))
                    .as("as high as its neighbours: " + panel)
                    .isEqualTo(panels.stream()
                            .filter(p -> p.at("y") == panel.at("y"))
                            .findFirst()
                            .orElseThrow()
                            .at("h"));
        }
        assertThat(widths.values()).containsOnly(24);
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void panels_are_of_types_that_grafana_still_has_and_none_is_hidden_in_a_row(Dashboard dashboard) {
        assertThat(dashboard.panels()).allSatisfy(panel -> {
            assertThat(panel.type()).isIn(ALIVE);
            assertThat(panel.json().getJsonArray("panels", new JsonArray())).isEmpty();
            assertThat(panel.json().getBoolean("collapsed", false)).isFalse();
        });
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void panels_say_what_they_show_and_in_which_unit(Dashboard dashboard) {
        assertThat(dashboard.panels())
                .allSatisfy(panel -> assertThat(panel.title()).isNotBlank());
        assertThat(withData(dashboard)).allSatisfy(panel -> {
            assertThat(panel.json().getString("description"))
                    .hasSizeGreaterThan(20)
                    .endsWith(".");
            assertThat(panel.defaults().getString("unit")).isNotBlank();
        });
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void headings_are_not_used_twice(Dashboard dashboard) {
        assertThat(withData(dashboard))
                .extracting(panel -> panel.type().equals("stat") + panel.title())
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void all_data_come_from_the_source_that_was_chosen(Dashboard dashboard) {
        assertThat(withData(dashboard)).allSatisfy(panel -> {
            assertThat(panel.json().getJsonObject("datasource")).isEqualTo(SOURCE);
            assertThat(panel.targets()).isNotEmpty().allSatisfy(target -> assertThat(target.getJsonObject("datasource"))
                    .isEqualTo(SOURCE));
        });
        assertThat(Stream.concat(dashboard.variables().stream().skip(1), dashboard.annotations().stream()))
                .allSatisfy(one -> assertThat(one.getJsonObject("datasource")).isEqualTo(SOURCE));
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void queries_of_a_panel_can_be_told_apart_and_name_their_lines(Dashboard dashboard) {
        assertThat(withData(dashboard)).allSatisfy(panel -> {
            assertThat(panel.targets())
                    .extracting(target -> target.getString("refId"))
                    .doesNotHaveDuplicates();
            assertThat(panel.targets()).allSatisfy(target -> assertThat(target.getString("legendFormat"))
                    .isNotBlank());
        });
    }

    /** Over a range, the last value known stays in sight long after there is none. */
    @ParameterizedTest
    @MethodSource("dashboards")
    void states_are_of_now(Dashboard dashboard) {
        assertThat(dashboard.panels())
                .filteredOn(panel -> panel.type().equals("stat"))
                .filteredOn(panel -> panel.json()
                        .getJsonObject("options")
                        .getString("graphMode")
                        .equals("none"))
                .isNotEmpty()
                .allSatisfy(panel -> assertThat(panel.targets()).allMatch(target -> target.getBoolean("instant")));
    }

    private static List<Panel> withData(Dashboard dashboard) {
        return dashboard.panels().stream().filter(panel -> !panel.isRow()).toList();
    }
}
