package io.github.penagent.stack;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A dashboard of Grafana's as its file says it, of which only the queries matter here. */
final class Dashboard {
    private final JsonObject json;

    Dashboard(String json) {
        this.json = new JsonObject(json);
    }

    String uid() {
        return json.getString("uid");
    }

    /** Of panels, of those in rows as well, of variables and of annotations; with Grafana's variables still in them. */
    Stream<Query> queries() {
        return Stream.of(panels(json), variables(), annotations()).flatMap(each -> each);
    }

    private Stream<Query> panels(JsonObject owner) {
        return each(owner, "panels").flatMap(panel -> Stream.concat(targets(panel), panels(panel)));
    }

    private Stream<Query> targets(JsonObject panel) {
        String title = panel.getString("title", "");
        return each(panel, "targets")
                .map(target -> Query.expression(
                        "%s / %s / %s".formatted(uid(), title, target.getString("refId")), target.getString("expr")));
    }

    private Stream<Query> variables() {
        return each(json.getJsonObject("templating", new JsonObject()), "list")
                .filter(variable -> variable.getString("type").equals("query"))
                .map(variable -> Query.variable(uid() + " / $" + variable.getString("name"), words(variable)));
    }

    /**
     * What its queries are sent with.
     *
     * @param own Grafana's own variables; those of the dashboard are added
     * @param values what can be chosen of each
     * @param all whether to choose "All" where that can be, rather than the values
     */
    GrafanaVariables choose(GrafanaVariables own, Map<String, List<String>> values, boolean all) {
        each(json.getJsonObject("templating", new JsonObject()), "list")
                .filter(variable -> variable.getString("type").equals("query"))
                .forEach(variable -> choose(own, variable, values, all));
        return own;
    }

    private static void choose(
            GrafanaVariables into, JsonObject variable, Map<String, List<String>> values, boolean all) {
        String name = variable.getString("name");
        if (!values.containsKey(name)) {
            throw new AssertionError("nothing to choose of " + name);
        }
        String[] some = values.get(name).toArray(String[]::new);
        boolean everything = variable.getBoolean("includeAll", false);
        if (everything && all) {
            into.all(name, variable.getString("allValue", ".*"));
        } else if (everything || variable.getBoolean("multi", false)) {
            into.several(name, some);
        } else {
            into.single(name, some[0]);
        }
    }

    private static String words(JsonObject variable) {
        return variable.getValue("query") instanceof JsonObject query
                ? query.getString("query")
                : variable.getString("query");
    }

    /** All but Grafana's own. */
    private Stream<Query> annotations() {
        return each(json.getJsonObject("annotations", new JsonObject()), "list")
                .filter(annotation -> annotation.containsKey("expr"))
                .map(annotation ->
                        Query.expression(uid() + " / @" + annotation.getString("name"), annotation.getString("expr")));
    }

    private static Stream<JsonObject> each(JsonObject owner, String list) {
        JsonArray array = owner.getJsonArray(list, new JsonArray());
        return IntStream.range(0, array.size()).mapToObj(array::getJsonObject);
    }
}
