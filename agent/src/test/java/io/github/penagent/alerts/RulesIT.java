package io.github.penagent.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.penagent.peers.Amtool;
import io.github.penagent.peers.HttpBackend;
import io.github.penagent.peers.Promtool;
import io.github.penagent.peers.RealPen;
import io.github.penagent.peers.RealPrometheus;
import io.github.penagent.peers.Run;
import io.github.penagent.peers.RunningAgent;
import io.github.penagent.penctl.Endpoint;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Prometheus and Alertmanager take what the repository's {@code alerts} holds, and it does what its tests say. */
class RulesIT {
    private static final Path PROMETHEUS = Rule.DIRECTORY.resolve("prometheus.yml");
    private static final Path ALERTMANAGER = Rule.DIRECTORY.resolve("alertmanager.yml");
    private static final Duration SOON = Duration.ofSeconds(60);

    static List<Path> rules() {
        return List.of(Rule.ALERTS, Rule.RECORDING, Rule.EXAMPLE);
    }

    static List<Path> trials() {
        return Trial.files();
    }

    @ParameterizedTest
    @MethodSource("rules")
    void prometheus_finds_no_fault_with_the_rules(Path file) {
        assertDone(Promtool.checkRules(file));
    }

    @ParameterizedTest
    @MethodSource("trials")
    void rules_do_what_their_trials_say(Path file) {
        assertDone(Promtool.testRules(file));
    }

    /** Alerts on agents are each agent's own, and what agents do is added up. */
    static List<Path> trialsOfPens() {
        return trials().stream()
                .filter(file -> !file.getFileName().toString().matches("PenAgent.*|PenEjectionFailing.*|recording.*"))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("trialsOfPens")
    @EnabledIfSystemProperty(named = "full", matches = "true", disabledReason = "many processes: mvn verify -Pfull")
    void rules_do_the_same_if_two_agents_show_the_same(Path file, @TempDir Path directory) throws IOException {
        String doubled = Twins.of(Files.readString(file))
                .replace("../pen-agent", Rule.DIRECTORY.toAbsolutePath() + "/pen-agent")
                .replace("../example", Rule.DIRECTORY.toAbsolutePath() + "/example");
        assertDone(Promtool.testRules(Files.writeString(directory.resolve("twins.yml"), doubled)));
    }

    @Test
    void prometheus_takes_the_example_of_its_configuration() {
        assertDone(Promtool.checkConfig(PROMETHEUS));
    }

    @Test
    void alertmanager_takes_the_example_of_its_configuration() {
        assertDone(Amtool.checkConfig(ALERTMANAGER));
    }

    @Test
    void the_agent_hears_of_what_asks_for_an_ejection_and_people_hear_of_it_too() {
        assertThat(Amtool.receivers(ALERTMANAGER, "pen_action=eject", "severity=warning"))
                .containsExactly("pen-agent", "people");
        assertThat(Amtool.receivers(ALERTMANAGER, "severity=critical")).containsExactly("people");
        assertThat(Amtool.receivers(ALERTMANAGER, "severity=info")).containsExactly("nobody");
    }

    private static void assertDone(Run run) {
        assertThat(run.exit()).as(run.output()).isZero();
    }

    /** Joins that find two partners where one is wanted show only on real series. */
    @Test
    void every_rule_can_be_evaluated_on_a_real_page() {
        try (HttpBackend first = HttpBackend.start();
                HttpBackend second = HttpBackend.start();
                RealPen pen = RealPen.with()
                        .options("-r")
                        .backend(first)
                        .backend(second)
                        .start();
                RunningAgent agent = RunningAgent.with()
                        .listening("web", pen)
                        .pen("down", new Endpoint.Tcp("127.0.0.1", 1))
                        .set("poll.interval = 500ms")
                        .set("checks = [ { name = home, type = http }, { name = port, type = tcp } ]")
                        .start();
                RealPrometheus prometheus = RealPrometheus.start(configuration(agent))) {
            await("pending alert").atMost(SOON).until(() -> prometheus
                    .value("ALERTS{alertname='PenDown',pen='down',alertstate='pending'}")
                    .isPresent());
            await("recorded series").atMost(SOON).until(() -> prometheus
                    .value("pen:pen_server_check_up:avg{pen='web'}")
                    .equals(OptionalDouble.of(1)));
            await("every rule").atMost(SOON).untilAsserted(() -> assertThat(health(prometheus))
                    .hasSize(rules().stream()
                            .mapToInt(file -> Rule.in(file).size())
                            .sum())
                    .allMatch(state -> state.endsWith(": ok")));
            // Of two pens one is down, and the agent suspects itself.
            assertThat(prometheus.query("ALERTS{pen='web',alertname!='PenRemediationPanic'}"))
                    .isEmpty();
        }
    }

    private static String configuration(RunningAgent agent) {
        return """
                global: { scrape_interval: 1s, scrape_timeout: 1s, evaluation_interval: 1s }
                rule_files: ['%s', '%s', '%s']
                scrape_configs:
                  - job_name: pen-agent
                    static_configs: [ { targets: ['%s'] } ]
                """.formatted(
                        Rule.ALERTS.toAbsolutePath(),
                        Rule.RECORDING.toAbsolutePath(),
                        Rule.EXAMPLE.toAbsolutePath(),
                        agent.address());
    }

    /** {@code name: ok}, or what went wrong. */
    private static List<String> health(RealPrometheus prometheus) {
        return objects(prometheus.data("/api/v1/rules").getJsonArray("groups")).stream()
                .flatMap(group -> objects(group.getJsonArray("rules")).stream())
                .map(rule -> rule.getString("name") + ": " + rule.getString("health") + rule.getString("lastError", ""))
                .toList();
    }

    private static List<JsonObject> objects(JsonArray array) {
        return array.stream().map(JsonObject.class::cast).toList();
    }
}
