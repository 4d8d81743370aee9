package io.github.penagent.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The fixtures themselves: what a test builds on must hold. */
class RealPenIT {
    private static final Duration SOON = Duration.ofSeconds(5);

    @Test
    void pens_counters_agree_with_what_passed_the_sockets() throws IOException {
        try (HttpBackend backend = HttpBackend.start();
                RealPen pen = RealPen.with().backend(backend).options("-r").start()) {
            HttpTraffic traffic = HttpTraffic.to(pen.listenPort());
            assertThat(traffic.get("127.0.0.2", 100_000)).isEqualTo(200);
            try (HttpTraffic.Connection kept = traffic.open("127.0.0.3")) {
                assertThat(kept.get(0)).isEqualTo(200);
                assertThat(kept.post(50_000, 10)).isEqualTo(200);
                assertThat(backend.received()).isEqualTo(traffic.sent());
                assertThat(backend.sent()).isEqualTo(traffic.received()).isGreaterThan(100_010);
                assertThat(backend.requests()).isEqualTo(3);
                assertThat(backend.connections()).isEqualTo(2);
                await().atMost(SOON)
                        .untilAsserted(() -> assertThat(pen.penctl("servers").output())
                                .contains(" port " + backend.port() + " conn 1 ")
                                .endsWith(" sx " + backend.received() + " rx " + backend.sent() + "\n"));
            }
            assertThat(pen.penctl("recent").lines())
                    .contains("127.0.0.2 connects 1 sx %d rx %d"
                            .formatted(traffic.received("127.0.0.2"), traffic.sent("127.0.0.2")));
        }
    }

    @Test
    void a_restarted_pen_has_the_same_ports_and_another_pid() throws IOException {
        try (HttpBackend backend = HttpBackend.start();
                RealPen pen = RealPen.with().backend(backend).start()) {
            assertThat(HttpTraffic.to(pen.listenPort()).get("127.0.0.2", 1)).isEqualTo(200);
            long before = pen.pid();
            pen.restart();
            assertThat(pen.pid()).isNotEqualTo(before);
            assertThat(HttpTraffic.to(pen.listenPort()).get("127.0.0.2", 1)).isEqualTo(200);
            pen.kill();
            assertThat(pen.alive()).isFalse();
            assertThat(pen.penctl("pid").exit()).isNotZero();
        }
    }

    @Test
    void a_stopped_pen_goes_on_where_it_stood() {
        try (RealPen pen = RealPen.with().backend("127.0.0.1:9").start()) {
            pen.stop();
            assertThat(pen.alive()).isTrue();
            pen.cont();
            assertThat(pen.penctl("pid").output().strip()).isEqualTo(Long.toString(pen.pid()));
        }
    }

    @Test
    void control_listens_on_ipv6_and_on_a_unix_socket() {
        try (RealPen six =
                        RealPen.with().backend("127.0.0.1:9").controlOn("::1").start();
                RealPen unix = RealPen.with()
                        .backend("127.0.0.1:9")
                        .options("-O", "poll", "-x", "20")
                        .controlOnSocket()
                        .start()) {
            assertThat(six.controlEndpoint()).hasToString("[::1]:" + portOf(six));
            assertThat(unix.controlEndpoint().toString()).startsWith("/");
            unix.restart();
            assertThat(unix.penctl("conn_max").output()).isEqualTo("20\n");
        }
    }

    private static String portOf(RealPen pen) {
        String text = pen.controlEndpoint().toString();
        return text.substring(text.lastIndexOf(':') + 1);
    }

    @Test
    void an_ended_backend_refuses_and_comes_back_on_its_port() throws IOException {
        HttpBackend first = HttpBackend.start();
        HttpTraffic traffic = HttpTraffic.to(first.port());
        first.status(503);
        assertThat(traffic.get("127.0.0.4", 5)).isEqualTo(503);
        first.close();
        try (HttpBackend second = HttpBackend.on(first.port())) {
            assertThat(traffic.get("127.0.0.4", 5)).isEqualTo(200);
            assertThat(second.requests()).isOne();
        }
    }
}
