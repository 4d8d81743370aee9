package io.github.penagent.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A table's columns: named for people, none left over, and the link in one of them. */
class TablesTest {
    private static final int WIDTH_AT_1280 = 1246;

    static List<Dashboard> dashboards() {
        return Dashboard.all();
    }

    static List<Panel> tables() {
        return Dashboard.all().stream()
                .flatMap(dashboard -> dashboard.panels().stream())
                .filter(Panel::isTable)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("tables")
    void rows_are_of_now(Panel table) {
        assertThat(table.targets()).allSatisfy(target -> {
            assertThat(target.getBoolean("instant")).isTrue();
            assertThat(target.getString("format")).isEqualTo("table");
        });
    }

    @ParameterizedTest
    @MethodSource("tables")
    void every_value_has_a_heading_of_its_own_and_time_is_hidden(Panel table) {
        Set<String> values = table.targets().stream()
                .map(target -> table.targets().size() == 1 ? "Value" : "Value #" + target.getString("refId"))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(table.columns().keySet()).containsAll(values);
        assertThat(table.columns().values()).doesNotHaveDuplicates().allMatch(name -> !name.isBlank());
        assertThat(table.organizing().getJsonObject("excludeByName").getBoolean("Time"))
                .isTrue();
    }

    @ParameterizedTest
    @MethodSource("tables")
    void labels_that_tell_rows_apart_are_columns_or_left_out_on_purpose(Panel table) {
        Set<String> labels = table.targets().stream()
                .flatMap(target -> new Query(target.getString("expr")).resultLabels().stream())
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> named = new TreeSet<>(table.columns().keySet());
        named.addAll(table.organizing().getJsonObject("excludeByName").fieldNames());
        named.removeIf(name -> name.startsWith("Value") || name.equals("Time"));
        assertThat(named).isEqualTo(labels);
    }

    @ParameterizedTest
    @MethodSource("tables")
    void overrides_are_for_columns_that_are_there(Panel table) {
        assertThat(table.overrides())
                .extracting(override -> override.getJsonObject("matcher").getString("options"))
                .isSubsetOf(table.columns().values());
    }

    @ParameterizedTest
    @MethodSource("tables")
    void columns_fit_beside_each_other(Panel table) {
        int room = WIDTH_AT_1280 * table.at("w") / 24;
        assertThat(table.overrides().stream().mapToInt(TablesTest::width).sum()).isLessThanOrEqualTo(room);
    }

    private static int width(JsonObject override) {
        return properties(override).entrySet().stream()
                .filter(property -> property.getKey().matches("custom\\.(width|minWidth)"))
                .mapToInt(property -> (Integer) property.getValue())
                .sum();
    }

    private static Map<String, Object> properties(JsonObject override) {
        return Dashboard.objects(override.getJsonArray("properties"))
                .collect(
                        Collectors.toMap(property -> property.getString("id"), property -> property.getValue("value")));
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void links_keep_time_and_source_and_lead_somewhere(Dashboard dashboard) {
        Set<String> there = dashboards().stream().map(Dashboard::uid).collect(Collectors.toSet());
        List<String> urls = links(dashboard).toList();
        assertThat(urls).allSatisfy(url -> {
            assertThat(url).contains("${datasource:queryparam}", "${__url_time_range}", "var-pen=");
            assertThat(url.substring("/d/".length(), url.indexOf('?'))).isIn(there);
        });
        assertThat(urls.isEmpty()).isEqualTo(!dashboard.uid().equals("pen-fleet"));
    }

    private static Stream<String> links(Dashboard dashboard) {
        return dashboard.panels().stream()
                .flatMap(panel -> panel.overrides().stream())
                .flatMap(override -> Dashboard.objects(override.getJsonArray("properties")))
                .filter(property -> property.getString("id").equals("links"))
                .flatMap(property -> Dashboard.objects(property.getJsonArray("value")))
                .map(link -> link.getString("url"));
    }
}
