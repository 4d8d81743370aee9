package io.github.penagent.dashboards;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A dashboard of Grafana's classic form, as its file has it. */
record Dashboard(String name, JsonObject json) {
    static final Path FOLDER = Path.of("..", "dashboards");

    /** Every one that lies in the repository. */
    static List<Dashboard> all() {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .map(Dashboard::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Dashboard read(Path file) {
        try {
            String name = String.valueOf(file.getFileName()).replace(".json", "");
            return new Dashboard(name, new JsonObject(Files.readString(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String uid() {
        return json.getString("uid");
    }

    /** All of them, rows included. */
    List<Panel> panels() {
        return objects(json.getJsonArray("panels")).map(Panel::new).toList();
    }

    List<JsonObject> variables() {
        return objects(json.getJsonObject("templating").getJsonArray("list")).toList();
    }

    List<String> variableNames() {
        return variables().stream().map(variable -> variable.getString("name")).toList();
    }

    List<JsonObject> annotations() {
        return objects(json.getJsonObject("annotations").getJsonArray("list")).toList();
    }

    List<JsonObject> links() {
        return objects(json.getJsonArray("links")).toList();
    }

    /** What panels and annotations ask. */
    List<Query> queries() {
        return Stream.concat(
                        panels().stream()
                                .flatMap(panel -> panel.targets().stream())
                                .map(at -> at.getString("expr")),
                        annotations().stream().map(annotation -> annotation.getString("expr")))
                .map(Query::new)
                .toList();
    }

    static Stream<JsonObject> objects(JsonArray array) {
        return array.stream().map(JsonObject.class::cast);
    }

    @Override
    public String toString() {
        return name;
    }
}
