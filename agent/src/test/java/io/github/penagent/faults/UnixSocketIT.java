package io.github.penagent.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.penagent.peers.AgentProcess;
import io.github.penagent.peers.HttpBackend;
import io.github.penagent.peers.HttpTraffic;
import io.github.penagent.peers.RealPen;
import io.github.penagent.penctl.Endpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;

/** A pen whose control port is a file, which can vanish and come back. */
class UnixSocketIT {
    private static final Duration BOUND = Duration.ofMillis(200 + 500).multipliedBy(3);

    @Test
    void a_control_socket_that_vanishes_is_a_failed_connect_until_it_is_there_again() throws IOException {
        try (HttpBackend backend = HttpBackend.start();
                RealPen pen = RealPen.with().backend(backend).controlOnSocket().start();
                AgentProcess agent = AgentProcess.start(
                                Map.of("unix", pen.controlEndpoint()), "poll { interval = 200ms, deadline = 500ms }")
                        .awaitReady()) {
            HttpTraffic.to(pen.listenPort()).get("127.0.0.2", 1_000);
            soon().untilAsserted(() -> {
                Samples page = Samples.of(agent);
                assertThat(page.of("pen_polls_total", "unix")).isGreaterThan(5);
                assertThat(page.sum("pen_server_received_bytes_total{")).isEqualTo((double) backend.sent());
            });
            assertThat(Samples.of(agent).failures("unix")).isZero();

            // pen still listens, where nobody can find it.
            Files.delete(((Endpoint.Unix) pen.controlEndpoint()).path());
            assertFails(agent);
            assertThat(agent.log()).contains("No such file or directory");
            pen.restart();
            assertUp(agent);

            // The file stays, and nobody listens.
            pen.kill();
            assertFails(agent);
            assertThat(agent.log()).contains("Connection refused");
            pen.restart();
            assertUp(agent);

            pen.stop();
            soon().untilAsserted(() ->
                    assertThat(Samples.of(agent).failures("unix", "timeout")).isPositive());
            pen.cont();
            assertUp(agent);
        }
    }

    private static void assertFails(AgentProcess agent) {
        double before = Samples.of(agent).failures("unix", "connect");
        soon().untilAsserted(() -> {
            Samples page = Samples.of(agent);
            assertThat(page.failures("unix", "connect")).isGreaterThan(before);
            assertThat(page.up("unix")).isFalse();
            assertThat(page.inside("unix")).isEmpty();
        });
    }

    private static void assertUp(AgentProcess agent) {
        soon().until(() -> Samples.of(agent).up("unix"));
    }

    private static ConditionFactory soon() {
        return await().atMost(BOUND).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(20));
    }
}
