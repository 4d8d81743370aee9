package io.github.penagent.dashboards;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One panel, or the heading of a row of them. */
record Panel(JsonObject json) {
    private static final JsonObject NOTHING = new JsonObject();

    int id() {
        return json.getInteger("id");
    }

    String type() {
        return json.getString("type");
    }

    String title() {
        return json.getString("title", "");
    }

    boolean isRow() {
        return type().equals("row");
    }

    boolean isTable() {
        return type().equals("table");
    }

    int at(String side) {
        return json.getJsonObject("gridPos").getInteger(side);
    }

    boolean overlaps(Panel other) {
        return at("x") < other.at("x") + other.at("w")
                && other.at("x") < at("x") + at("w")
                && at("y") < other.at("y") + other.at("h")
                && other.at("y") < at("y") + at("h");
    }

    List<JsonObject> targets() {
        return Dashboard.objects(json.getJsonArray("targets", new JsonArray())).toList();
    }

    JsonObject defaults() {
        return json.getJsonObject("fieldConfig", NOTHING).getJsonObject("defaults", NOTHING);
    }

    List<JsonObject> overrides() {
        return Dashboard.objects(json.getJsonObject("fieldConfig", NOTHING).getJsonArray("overrides", new JsonArray()))
                .toList();
    }

    /** What a table's columns are called, by the name of the field. */
    Map<String, String> columns() {
        Map<String, String> names = new TreeMap<>();
        organizing().getJsonObject("renameByName").forEach(name -> names.put(name.getKey(), (String) name.getValue()));
        return names;
    }

    /** The last step of a table: which columns there are, in which order, under which names. */
    JsonObject organizing() {
        return Dashboard.objects(json.getJsonArray("transformations"))
                .filter(step -> step.getString("id").equals("organize"))
                .map(step -> step.getJsonObject("options"))
                .findFirst()
                .orElseThrow(() -> new AssertionError(this + " does not organize its columns"));
    }

    @Override
    public String toString() {
        return "#" + json.getValue("id") + " " + title();
    }
}
