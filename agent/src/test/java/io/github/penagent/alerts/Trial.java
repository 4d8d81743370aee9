package io.github.penagent.alerts;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * One case of a unit test of rules, with one expectation of it.
 *
 * @param story what the case plays, in its own words
 * @param rule the alert, or the expression
 * @param fires whether that alert, or anything, is expected there
 */
record Trial(String story, String rule, boolean fires) {
    static final Path DIRECTORY = Rule.DIRECTORY.resolve("tests");

    static List<Path> files() {
        return Yaml.files(DIRECTORY, ".yml");
    }

    static List<Trial> all() {
        return files().stream()
                .flatMap(file -> Yaml.read(file).list("tests").stream())
                .flatMap(Trial::of)
                .toList();
    }

    private static Stream<Trial> of(Yaml test) {
        String story = test.text("name");
        return Stream.concat(
                test.list("alert_rule_test").stream()
                        .map(one -> new Trial(
                                story,
                                one.text("alertname"),
                                !one.list("exp_alerts").isEmpty())),
                test.list("promql_expr_test").stream()
                        .map(one -> new Trial(
                                story,
                                one.text("expr"),
                                !one.list("exp_samples").isEmpty())));
    }

    /** Whether its story is about this; the first word says so. */
    boolean tells(String word) {
        return story.startsWith(word);
    }
}
