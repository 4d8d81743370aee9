package io.github.penagent.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The fixture itself: what a test builds on must hold. */
class RealAlertmanagerIT {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String ROUTE = """
            route: { receiver: hook, group_wait: 100ms, group_interval: 1s, repeat_interval: 1h, group_by: ['...'] }
            receivers:
              - name: hook
                webhook_configs: [ { url: 'http://127.0.0.1:%d/' } ]
            """;

    private final List<JsonObject> received = new CopyOnWriteArrayList<>();
    private final HttpServer hook = hook();
    private final String configuration = ROUTE.formatted(hook.getAddress().getPort());

    private HttpServer hook() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", exchange -> {
                received.add(
                        new JsonObject(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
                exchange.sendResponseHeaders(200, -1);
                exchange.close();
            });
            server.start();
            return server;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @AfterEach
    void end() {
        hook.stop(0);
    }

    private static JsonArray firing(String name) {
        return JsonArray.of(new JsonObject().put("labels", new JsonObject().put("alertname", name)));
    }

    private List<String> told() {
        return received.stream()
                .map(message -> message.getJsonObject("commonLabels").getString("alertname"))
                .toList();
    }

    @Test
    void alertmanager_tells_its_receiver_what_fires() {
        try (RealAlertmanager alertmanager = RealAlertmanager.start(configuration)) {
            assertThat(alertmanager.alerts()).isEmpty();
            alertmanager.post(firing("PenDown"));
            await().atMost(SOON).untilAsserted(() -> assertThat(told()).containsExactly("PenDown"));
            assertThat(received.get(0).getString("version")).isEqualTo("4");
            assertThat(alertmanager.alerts()).hasSize(1);
            assertThat(alertmanager.warnings()).isEmpty();
        }
    }

    @Test
    void killed_it_comes_back_on_its_port_and_tells_once_more() {
        try (RealAlertmanager alertmanager = RealAlertmanager.start(configuration)) {
            String address = alertmanager.address();
            alertmanager.post(firing("PenDown"));
            await().atMost(SOON).untilAsserted(() -> assertThat(told()).hasSize(1));
            alertmanager.kill();
            assertThat(alertmanager.alive()).isFalse();
            alertmanager.restart();
            assertThat(alertmanager.address()).isEqualTo(address);
            assertThat(alertmanager.alerts()).isEmpty();
            alertmanager.post(firing("PenDown"));
            await().atMost(SOON).untilAsserted(() -> assertThat(told()).hasSize(2));
        }
    }

    @Test
    void ended_politely_it_knows_whom_it_told() {
        try (RealAlertmanager alertmanager = RealAlertmanager.start(configuration)) {
            alertmanager.post(firing("PenDown"));
            await().atMost(SOON).untilAsserted(() -> assertThat(told()).hasSize(1));
            alertmanager.end();
            alertmanager.restart();
            alertmanager.post(firing("PenDown"));
            alertmanager.post(firing("PenServerDown"));
            await().atMost(SOON).untilAsserted(() -> assertThat(told()).containsExactly("PenDown", "PenServerDown"));
        }
    }

    @Test
    void a_configuration_that_it_does_not_take_is_told_with_its_words() {
        assertThatThrownBy(() -> RealAlertmanager.start("route: { receiver: nobody }\n"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("undefined receiver");
        try (RealAlertmanager alertmanager = RealAlertmanager.start(configuration)) {
            alertmanager.reload(configuration);
            assertThatThrownBy(() -> alertmanager.reload("route: { receiver: nobody }\n"))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("undefined receiver");
        }
    }
}
