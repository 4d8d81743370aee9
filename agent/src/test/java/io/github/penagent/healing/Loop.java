package io.github.penagent.healing;

import io.github.penagent.peers.RealAlertmanager;
import io.github.penagent.peers.RealPrometheus;
import io.github.penagent.peers.RunningAgent;
import io.github.penagent.peers.ShippedRoutes;
import io.github.penagent.peers.Site;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Three backends that report how slow they are, a Prometheus with a rule about that, an Alertmanager that tells the agent, and the
 * agent, whose own checks are content with a slow answer.
 */
final class Loop implements AutoCloseable {
    static final int BACKENDS = 3;
    static final String RULE = "BackendSlow";
    static final Duration TTL = Duration.ofSeconds(12);

    /** As the shipped route repeats 4 min for 10 min. */
    private static final Duration REPEAT = TTL.multipliedBy(2).dividedBy(5);

    private static final String TOKEN = "a-token-of-some-length";

    private static final String RULES = """
            groups:
              - name: backends
                rules:
                  - alert: %s
                    expr: backend_answer_seconds > 0.1
                    labels: {pen_action: eject}
            """;

    private static final String PROMETHEUS = """
            global: {scrape_interval: 500ms, scrape_timeout: 500ms, evaluation_interval: 500ms}
            rule_files: ['%s']
            alerting: {alertmanagers: [{static_configs: [{targets: ['%s']}]}]}
            scrape_configs:
              - job_name: backends
                static_configs: [{targets: ['%s']}]
            """;

    private final Deque<AutoCloseable> running = new ArrayDeque<>();
    final Site site;
    final RunningAgent agent;
    final RealAlertmanager alertmanager;
    final RealPrometheus prometheus;
    final Story story;

    /** @param folder for the token and the rules */
    Loop(Path folder) {
        try {
            site = running(Site.of(BACKENDS).underLoad());
            agent = running(Settings.quick()
                    .pen("web", site.pen)
                    .set("remediation { mode = enforce, pens { web = enforce } }")
                    .set("remediation.alerts = [ { rule = " + RULE + ", ttl = " + TTL.toSeconds()
                            + "s, alone = true } ]")
                    .admin(Files.writeString(folder.resolve("token"), TOKEN + "\n"))
                    .start());
            alertmanager = running(RealAlertmanager.start(routes(folder.resolve("token"))));
            SelfReport report = running(SelfReport.of(site, BACKENDS));
            Path rules = Files.writeString(folder.resolve("rules.yml"), RULES.formatted(RULE));
            prometheus = running(
                    RealPrometheus.start(PROMETHEUS.formatted(rules, alertmanager.address(), report.address())));
            story = Story.of(agent, "web");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** With less patience than shipped. */
    private String routes(Path token) {
        return ShippedRoutes.to(agent.adminAddress(), token)
                .with("group_interval: 10s", "group_interval: 1s")
                .with("repeat_interval: 4m", "repeat_interval: " + REPEAT.toSeconds() + "s")
                .text();
    }

    private <T extends AutoCloseable> T running(T started) {
        running.push(started);
        return started;
    }

    /** From now on this backend is slow, and says so. */
    void slow(int slot) {
        site.backend(slot).think(Duration.ofMillis(200));
    }

    /** It is as quick as before. */
    void quick(int slot) {
        site.backend(slot).think(Duration.ZERO);
    }

    /** How many alerts that the agent was sent had this outcome. */
    double heard(String outcome) {
        return agent.metrics().value("pen_agent_webhook_alerts_total", "outcome", outcome);
    }

    /** Decisions to eject, permitted or not, with the evidence in words. */
    List<JsonObject> ejections() {
        return agent.decisions("web").stream()
                .filter(line -> line.getString("decision").equals("eject"))
                .toList();
    }

    @Override
    public void close() {
        for (AutoCloseable each : running) {
            try {
                each.close();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
