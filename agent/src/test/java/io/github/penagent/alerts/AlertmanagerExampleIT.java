package io.github.penagent.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.penagent.peers.RealAlertmanager;
import io.github.penagent.peers.ShippedRoutes;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shipped configuration in a real Alertmanager, with a stand-in for the agent's webhook. */
class AlertmanagerExampleIT {
    private static final Duration SOON = Duration.ofSeconds(30);

    private record Message(String authorization, JsonObject body) {
        List<JsonObject> alerts() {
            return body.getJsonArray("alerts").stream()
                    .map(JsonObject.class::cast)
                    .toList();
        }
    }

    private final List<Message> messages = new CopyOnWriteArrayList<>();
    private final HttpServer agent = listen();

    @TempDir
    private Path directory = Path.of("");

    private HttpServer listen() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/api/v1/alerts", this::take);
            return server;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void take(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        messages.add(new Message(exchange.getRequestHeaders().getFirst("Authorization"), new JsonObject(body)));
        exchange.sendResponseHeaders(200, -1);
        exchange.close();
    }

    @BeforeEach
    void start() {
        agent.start();
    }

    @AfterEach
    void end() {
        agent.stop(0);
    }

    private String configuration() throws IOException {
        Path token = Files.writeString(directory.resolve("token"), "0123456789abcdef\n");
        return ShippedRoutes.to("127.0.0.1:" + agent.getAddress().getPort(), token)
                .text();
    }

    private static JsonObject alert(String name, String address) {
        return new JsonObject()
                .put(
                        "labels",
                        new JsonObject()
                                .put("alertname", name)
                                .put("pen", "web")
                                .put("address", address)
                                .put("severity", "warning")
                                .put("pen_action", "eject"));
    }

    @Test
    void the_agent_hears_of_each_backend_by_itself_at_once_and_with_the_token() throws IOException {
        try (RealAlertmanager alertmanager = RealAlertmanager.start(configuration())) {
            alertmanager.post(
                    JsonArray.of(alert("BackendErrors", "10.0.0.11:80"), alert("BackendErrors", "10.0.0.12:80")));
            await().atMost(SOON).untilAsserted(() -> assertThat(messages).hasSize(2));
            assertThat(messages).allSatisfy(message -> {
                assertThat(message.authorization()).isEqualTo("Bearer 0123456789abcdef");
                assertThat(message.body().getString("version")).isEqualTo("4");
                assertThat(message.body().getInteger("truncatedAlerts")).isZero();
                assertThat(message.alerts()).hasSize(1);
            });
        }
    }

    @Test
    void the_agent_hears_also_that_it_is_over() throws IOException {
        try (RealAlertmanager alertmanager = RealAlertmanager.start(configuration())) {
            JsonObject alert = alert("BackendErrors", "10.0.0.11:80");
            alertmanager.post(JsonArray.of(alert));
            await().atMost(SOON).untilAsserted(() -> assertThat(messages).hasSize(1));
            alertmanager.post(
                    JsonArray.of(alert.copy().put("endsAt", Instant.now().toString())));
            await().atMost(SOON).untilAsserted(() -> assertThat(messages).hasSize(2));
            assertThat(messages.get(1).alerts().get(0).getString("status")).isEqualTo("resolved");
        }
    }

    /** An alert about the pen itself is silenced by what explains it; one that asks for an ejection never is. */
    @Test
    void nothing_that_asks_for_an_ejection_is_inhibited() throws IOException {
        try (RealAlertmanager alertmanager = RealAlertmanager.start(configuration())) {
            JsonArray causes = new JsonArray();
            for (Rule rule : Rule.in(Rule.ALERTS)) {
                JsonObject cause = alert(rule.name(), "10.0.0.11:80");
                cause.getJsonObject("labels").remove("pen_action");
                causes.add(cause);
            }
            alertmanager.post(causes);
            alertmanager.post(JsonArray.of(alert("BackendErrors", "10.0.0.11:80")));
            await().atMost(SOON).untilAsserted(() -> assertThat(messages).hasSize(1));
        }
    }
}
