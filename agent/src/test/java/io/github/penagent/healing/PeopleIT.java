package io.github.penagent.healing;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.penagent.peers.FakePen;
import io.github.penagent.peers.PenScript;
import io.github.penagent.peers.RunningAgent;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people tell a running agent is in force when it says so, and kept. */
class PeopleIT {
    private static final String TOKEN = "a-token-of-some-length";
    private static final String SERVERS = "0 addr 127.0.0.1 port 80 conn 0 max 0 hard 0 weight 0 prio 0 sx 0 rx 0\n";
    private static final String HOLD =
            "{\"kind\":\"keep-in\",\"owner\":\"ann\",\"reason\":\"new disk\",\"expiry\":\"1h\"}";

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void holds_and_kill_switch_are_kept_at_once(@TempDir Path folder) throws Exception {
        Path state = folder.resolve("state.json");
        try (FakePen pen = FakePen.that(PenScript.replies(SERVERS));
                RunningAgent agent = RunningAgent.with()
                        .pen("web", pen.endpoint())
                        .set("poll.interval = 500ms")
                        .set("remediation.state-file = \"" + state + "\"")
                        .admin(Files.writeString(folder.resolve("token"), TOKEN))
                        .start()) {
            agent.afterPolls(1, "web");
            String holds = "/api/v1/pens/web/holds/127.0.0.1%3A80";

            assertThat(send(agent, "PUT", holds, HOLD).statusCode()).isEqualTo(200);
            assertThat(Files.readString(state)).contains("\"ann (token)\"", "\"new disk\"", "\"kill_switch\": false");
            assertThat(send(agent, "POST", "/api/v1/kill-switch", "").statusCode())
                    .isEqualTo(200);
            assertThat(Files.readString(state)).contains("\"kill_switch\": true", "\"new disk\"");

            assertThat(send(agent, "PUT", "/api/v1/pens/web/holds/127.0.0.1%3A81", HOLD)
                            .statusCode())
                    .isEqualTo(404);
            assertThat(send(agent, "PUT", "/api/v1/pens/other/holds/127.0.0.1%3A80", HOLD)
                            .statusCode())
                    .isEqualTo(404);
            assertThat(send(agent, "DELETE", holds, "").statusCode()).isEqualTo(200);
            assertThat(send(agent, "DELETE", "/api/v1/kill-switch", "").statusCode())
                    .isEqualTo(200);
            assertThat(Files.readString(state))
                    .contains("\"kill_switch\": false")
                    .doesNotContain("new disk");
            assertThat(agent.log()).contains("who=token").doesNotContain(TOKEN);
        }
    }

    @Test
    void the_configuration_is_read_again_on_demand_and_whoever_asked_is_told_why_not(@TempDir Path folder)
            throws Exception {
        try (FakePen pen = FakePen.that(PenScript.replies(SERVERS));
                RunningAgent agent = RunningAgent.with()
                        .pen("web", pen.endpoint())
                        .set("poll.interval = 500ms")
                        .admin(Files.writeString(folder.resolve("token"), TOKEN))
                        .start()) {
            String text = Files.readString(agent.configurationFile());

            agent.write(text.replace("500ms", "250ms"));
            assertThat(send(agent, "POST", "/-/reload", "").statusCode()).isEqualTo(200);
            assertThat(agent.get("/config").body()).contains("250ms");
            assertThat(agent.log()).doesNotContain("waits for a restart");

            agent.write(text + "\npen-agent.oops = 1");
            HttpResponse<String> refused = send(agent, "POST", "/-/reload", "");
            assertThat(refused.statusCode()).isEqualTo(500);
            assertThat(refused.body()).contains("oops");
            assertThat(agent.get("/config").body()).contains("250ms").doesNotContain("oops");
            assertThat(agent.metrics().value("pen_agent_config_last_reload_successful"))
                    .isZero();

            Files.writeString(folder.resolve("token"), "another-token-of-some-length");
            agent.write(text);
            assertThat(send(agent, "POST", "/-/reload", "").statusCode()).isEqualTo(200);
            assertThat(send(agent, "POST", "/-/reload", "").statusCode())
                    .as("the old word is good no more")
                    .isEqualTo(401);
        }
    }

    private HttpResponse<String> send(RunningAgent agent, String method, String path, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + agent.adminAddress() + path))
                .header("Authorization", "Bearer " + TOKEN)
                .header("Content-Type", "application/json")
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }
}
