package io.github.penagent.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.penagent.metrics.MetricNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What people read at night is there, complete, and names nothing that is not. */
class RunbooksTest {
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");
    private static final Pattern METRIC = Pattern.compile("\\bpen_[a-z_]+\\b");
    private static final Pattern ALERT = Pattern.compile("\\bPen[A-Z][A-Za-z]+\\b");
    private static final Set<String> LABELS = Set.of("pen_action");

    static List<Path> files() {
        return Yaml.files(Runbooks.DIRECTORY, ".md");
    }

    /** Also the configurations that name alerts. */
    static List<Path> texts() {
        return List.of(Rule.DIRECTORY.resolve("alertmanager.yml"), Rule.DIRECTORY.resolve("README.md"));
    }

    private static Set<String> alerts() {
        return Rule.in(Rule.ALERTS).stream().map(Rule::name).collect(Collectors.toSet());
    }

    @Test
    void each_alert_has_one_and_no_other_is_left_over() {
        assertThat(files())
                .extracting(file -> file.getFileName().toString().replace(".md", ""))
                .containsExactlyInAnyOrderElementsOf(alerts());
    }

    @ParameterizedTest
    @MethodSource("files")
    void it_tells_meaning_impact_diagnosis_and_mitigation(Path file) throws IOException {
        String text = Files.readString(file);
        String name = file.getFileName().toString().replace(".md", "");
        assertThat(found(HEADING, text, 1)).containsExactly(name, "Meaning", "Impact", "Diagnosis", "Mitigation");
        for (String section : text.split("(?m)^## .*$", -1)) {
            assertThat(section.strip()).isNotEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource({"files", "texts"})
    void it_names_only_metrics_and_alerts_that_exist(Path file) throws IOException {
        String text = Files.readString(file);
        Set<String> metrics = MetricNames.all();
        metrics.addAll(LABELS);
        assertThat(found(METRIC, text, 0)).isSubsetOf(metrics);
        assertThat(found(ALERT, text, 0)).isSubsetOf(alerts());
    }

    private static List<String> found(Pattern pattern, String text, int group) {
        return pattern.matcher(text)
                .results()
                .map((MatchResult match) -> match.group(group))
                .toList();
    }
}
