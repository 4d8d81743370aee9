package io.github.penagent.alerts;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * One rule.
 *
 * @param name of the alert or of what is recorded
 * @param pause its {@code for}; empty if there is none
 */
record Rule(
        String name,
        boolean alert,
        String expr,
        String pause,
        Map<String, String> labels,
        Map<String, String> annotations) {
    static final Path DIRECTORY = Path.of("..", "alerts");
    static final Path ALERTS = DIRECTORY.resolve("pen-agent.rules.yml");
    static final Path RECORDING = DIRECTORY.resolve("pen-agent.recording.yml");
    static final Path EXAMPLE = DIRECTORY.resolve("example-remediation.rules.yml");

    static List<Rule> in(Path file) {
        return Yaml.read(file).list("groups").stream()
                .flatMap(group -> group.list("rules").stream())
                .map(Rule::of)
                .toList();
    }

    private static Rule of(Yaml rule) {
        boolean alert = !rule.text("alert").isEmpty();
        return new Rule(
                rule.text(alert ? "alert" : "record"),
                alert,
                rule.text("expr"),
                rule.text("for"),
                rule.texts("labels"),
                rule.texts("annotations"));
    }

    /** By what its severity says. */
    boolean is(String severity) {
        return severity.equals(labels.get("severity"));
    }

    @Override
    public String toString() {
        return name;
    }
}
