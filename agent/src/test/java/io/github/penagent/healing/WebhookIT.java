package io.github.penagent.healing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.penagent.peers.RunningAgent;
import io.github.penagent.peers.Site;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Messages that no Alertmanager in its right mind would send, to an agent that acts on a real pen. */
class WebhookIT {
    private static final String TOKEN = "a-token-of-some-length";
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final int BACKENDS = 4;

    private final Path folder;
    private final HttpClient http = HttpClient.newHttpClient();
    private final Instant began = Instant.now().minusSeconds(60);
    private final Site site = Site.of(BACKENDS);
    private RunningAgent agent;
    private Story story;

    WebhookIT(@TempDir Path folder) throws IOException {
        this.folder = folder;
        agent = Settings.quick()
                .pen("web", site.pen)
                .set("remediation { mode = enforce, pens { web = enforce } }")
                .set("remediation.alerts = [ { rule = BackendErrors, ttl = 1m, alone = true } ]")
                .admin(Files.writeString(this.folder.resolve("token"), TOKEN))
                .start();
        story = Story.of(agent, "web");
    }

    @BeforeEach
    void warm() {
        agent.afterPolls(4, "web");
    }

    @AfterEach
    void close() {
        agent.close();
        site.close();
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void a_copy_of_a_message_brings_nothing_back_that_is_over() throws Exception {
        String firing = message(alert("f1", began, "firing", site.address(1)));
        String resolved = message(alert("f1", began, "resolved", site.address(1)));
        assertThat(post(firing)).isEqualTo("{\"accepted\":1}");
        story.awaitWritten("eject", 1, 0, SOON);
        assertThat(post(firing)).isEqualTo("{\"duplicate\":1}");
        assertThat(post(resolved)).isEqualTo("{\"resolved\":1}");
        await("its return").atMost(SOON).until(() -> ejected() == 0);
        long back = System.currentTimeMillis();

        assertThat(post(firing)).isEqualTo("{\"stale\":1}");
        assertThat(post(message(alert("f1", began.minusSeconds(600), "firing", site.address(1)))))
                .isEqualTo("{\"stale\":1}");
        agent.afterPolls(2, "web");
        assertThat(story.firstWritten("eject", 1, back)).isEmpty();
        assertThat(agent.metrics().value("pen_agent_webhook_alerts_total", "outcome", "stale"))
                .isEqualTo(2);
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void what_was_resolved_before_it_is_told_to_fire_does_not() throws Exception {
        assertThat(post(message(alert("f1", began, "resolved", site.address(1)))))
                .isEqualTo("{\"resolved\":1}");
        assertThat(post(message(alert("f1", began, "firing", site.address(1))))).isEqualTo("{\"stale\":1}");
        agent.afterPolls(2, "web");

        assertThat(story.written("eject")).isEmpty();
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void labels_that_are_commands_are_names_of_nothing() throws Exception {
        String before = site.pen.penctl("servers").output();
        List<JsonObject> alerts = new ArrayList<>();
        for (String address : List.of(
                site.address(1) + "\r\nserver 0 address 6.6.6.6",
                site.address(1) + " address 6.6.6.6 port 99",
                "1",
                "1 blacklist 300",
                "\"}\u001b[31m\u0000",
                "../../etc/passwd",
                "x".repeat(20_000))) {
            alerts.add(alert("f" + alerts.size(), began, "firing", address));
        }
        alerts.add(alert("p", began, "firing", site.address(1)));
        alerts.get(alerts.size() - 1).getJsonObject("labels").put("pen", "web\r\nexit");

        assertThat(post(message(alerts.toArray(JsonObject[]::new)))).isEqualTo("{\"no_match\":8}");
        agent.afterPolls(2, "web");
        assertThat(story.written("eject")).isEmpty();
        assertThat(site.pen.penctl("servers").output()).isEqualTo(before);
        assertThat(agent.log()).doesNotContain("6.6.6.6", "\u001b");
        assertThat(agent.page()).doesNotContain("6.6.6.6");
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void an_alert_about_every_backend_takes_out_none() throws Exception {
        JsonObject[] all = new JsonObject[BACKENDS];
        for (int slot = 0; slot < BACKENDS; slot++) {
            all[slot] = alert("f" + slot, began, "firing", site.address(slot));
        }
        assertThat(post(message(all))).isEqualTo("{\"accepted\":4}");
        await("panic").atMost(SOON).until(() -> agent.metrics().value("pen_remediation_panic", "pen", "web") == 1);
        agent.afterPolls(3, "web");

        assertThat(story.written("eject")).hasSizeLessThanOrEqualTo(1);
        assertThat(ejected()).isLessThanOrEqualTo(1);
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void what_is_huge_cut_or_nonsense_is_refused_and_polls_go_on() throws Exception {
        String good = message(alert("f1", began, "firing", site.address(1)));
        assertThat(status("x".repeat(50_000_000))).isEqualTo(413);
        assertThat(status("[".repeat(500_000))).isEqualTo(400);
        assertThat(status(good.substring(0, good.length() / 2))).isEqualTo(400);
        assertThat(status("")).isEqualTo(400);
        assertThat(status(good.replace("\"4\"", "\"5\""))).isEqualTo(400);

        agent.afterPolls(2, "web");
        assertThat(story.written("eject")).isEmpty();
        assertThat(agent.metrics().value("pen_agent_webhook_requests_total", "code", "400"))
                .isEqualTo(4);
        assertThat(agent.metrics().value("pen_agent_webhook_requests_total", "code", "413"))
                .isOne();
        assertThat(agent.metrics().value("pen_poll_failures_total", "pen", "web", "reason", "timeout"))
                .isZero();
    }

    private double ejected() {
        double sum = 0;
        for (int slot = 0; slot < BACKENDS; slot++) {
            sum += agent.metrics()
                    .value(
                            "pen_server_ejected",
                            "pen",
                            "web",
                            "server",
                            Integer.toString(slot),
                            "address",
                            site.address(slot));
        }
        return sum;
    }

    private static JsonObject alert(String fingerprint, Instant startsAt, String status, String address) {
        return new JsonObject()
                .put("status", status)
                .put("fingerprint", fingerprint)
                .put("startsAt", startsAt.toString())
                .put("endsAt", "0001-01-01T00:00:00Z")
                .put(
                        "labels",
                        new JsonObject()
                                .put("alertname", "BackendErrors")
                                .put("pen_action", "eject")
                                .put("pen", "web")
                                .put("address", address));
    }

    private static String message(JsonObject... alerts) {
        return new JsonObject()
                .put("version", "4")
                .put("status", "firing")
                .put("alerts", new JsonArray(List.of(alerts)))
                .encode();
    }

    private String post(String body) throws Exception {
        HttpResponse<String> answer = send(body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }

    private int status(String body) throws Exception {
        return send(body).statusCode();
    }

    private HttpResponse<String> send(String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + agent.adminAddress() + "/api/v1/alerts"))
                .timeout(SOON)
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + TOKEN)
                .POST(BodyPublishers.ofString(body))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }
}
