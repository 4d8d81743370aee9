package io.github.penagent.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class OutagesTest {
    private static final int SEEDS = 3;
    private static final Path PAGE = Path.of("SIMULATION.md");
    private static final Logger LOG = (Logger) LoggerFactory.getLogger("io.github.penagent");

    @BeforeAll
    static void quietly() {
        LOG.setLevel(Level.OFF);
    }

    @AfterAll
    static void aloud() {
        LOG.setLevel(null);
    }

    @Test
    void the_agent_is_never_worse_than_none_and_the_report_says_what_it_is_worth(@TempDir Path files)
            throws IOException {
        SoftAssertions softly = new SoftAssertions();
        Report report = new Report(SEEDS);
        // Side by side, since each has a world of its own; reported in order.
        Scenarios.all().parallelStream()
                .map(scenario -> Map.entry(scenario, play(scenario, files)))
                .toList()
                .forEach(played -> {
                    compare(softly, played.getKey(), played.getValue());
                    report.add(played.getKey(), played.getValue());
                });
        if (Boolean.getBoolean("simulation.write")) {
            Files.writeString(PAGE, report.page());
        }
        softly.assertAll();
        assertThat(report.page()).isEqualTo(Files.readString(PAGE));
    }

    private static Map<Policy, List<Score>> play(Scenario scenario, Path files) {
        Map<Policy, List<Score>> runs = new EnumMap<>(Policy.class);
        for (Policy policy : Policy.values()) {
            runs.put(
                    policy,
                    LongStream.rangeClosed(1, SEEDS)
                            .mapToObj(seed -> scenario.play(policy, seed, directory(files)))
                            .toList());
        }
        return runs;
    }

    private static Path directory(Path files) {
        try {
            return Files.createTempDirectory(files, "run");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void compare(SoftAssertions softly, Scenario scenario, Map<Policy, List<Score>> runs) {
        for (int i = 0; i < SEEDS; i++) {
            Score nobody = runs.getOrDefault(Policy.NOBODY, List.of()).get(i);
            Score ours = runs.getOrDefault(Policy.OURS, List.of()).get(i);
            String run = scenario.name() + ", seed " + (i + 1) + ": ";
            softly.assertThat(ours.requestsServed()).as(run + "served").isGreaterThanOrEqualTo(nobody.requestsServed());
            softly.assertThat(ours.failingSeconds())
                    .as(run + "seconds of failure")
                    .isLessThanOrEqualTo(nobody.failingSeconds());
            softly.assertThat(ours.timesEmptied()).as(run + "left none").isZero();
            softly.assertThat(ours.wrongEjections())
                    .as(run + "wrong ejections")
                    .isLessThanOrEqualTo(scenario.mistakes());
        }
    }
}
