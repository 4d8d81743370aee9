package io.github.penagent.penctl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.penagent.peers.HttpBackend;
import io.github.penagent.peers.HttpTraffic;
import io.github.penagent.peers.RealPen;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The client against pen itself. */
class PenReadingIT {
    private static final Duration DEADLINE = Duration.ofSeconds(5);

    @AutoClose
    private final Transport transport = Transport.create(1);

    private PenClient client(RealPen pen) {
        return transport.client(pen.controlEndpoint(), DEADLINE);
    }

    static List<Named<Supplier<RealPen.Builder>>> waysIn() {
        return List.of(
                Named.of("IPv4", RealPen::with),
                Named.of("IPv6", () -> RealPen.with().controlOn("::1")),
                Named.of("unix socket", () -> RealPen.with().controlOnSocket()));
    }

    @ParameterizedTest
    @MethodSource("waysIn")
    void every_command_is_answered_as_penctl_is_and_leaves_pen_alive(Supplier<RealPen.Builder> wayIn)
            throws IOException {
        try (HttpBackend one = HttpBackend.start();
                HttpBackend two = HttpBackend.start();
                RealPen pen = wayIn.get()
                        .backend(one)
                        .backend("127.0.0.1:" + two.port() + ":10:20:3:4")
                        .options("-x", "40", "-c", "70", "-b", "7", "-h")
                        .start()) {
            HttpTraffic.to(pen.listenPort()).get("127.0.0.2", 10);
            PenClient client = client(pen);
            for (int i = 0; i < 3; i++) {
                assertThat((long) Asking.value(client, Command.pid())).isEqualTo(pen.pid());
                assertThat(Asking.value(client, Command.connMax())).isEqualTo(40);
                assertThat(Asking.value(client, Command.clientsMax())).isEqualTo(70);
                assertThat(Asking.value(client, Command.blacklist())).isEqualTo(7);
                assertThat(Asking.value(client, Command.listen())).isEqualTo(pen.listen());
                assertThat(Asking.value(client, Command.control()) + "\n")
                        .isEqualTo(pen.penctl("control").output());
                Mode mode = Asking.value(client, Command.mode());
                assertThat(mode.hash()).isTrue();
                assertThat(mode.text() + "\n").isEqualTo(pen.penctl("mode").output());
            }
            assertServersAgree(pen, client);
            assertClientsAgree(pen, client);
            assertThat(pen.alive()).isTrue();
        }
    }

    private static void assertServersAgree(RealPen pen, PenClient client) {
        // The first request may still be on its way out of pen's own count of connections.
        await().untilAsserted(() -> {
            ServerTable table = Asking.value(client, Command.servers());
            assertThat(IntStream.range(0, table.size()).mapToObj(slot -> row(table, slot)))
                    .isNotEmpty()
                    .isEqualTo(pen.penctl("servers").lines());
        });
    }

    /** As pen writes it. */
    private static String row(ServerTable t, int slot) {
        return "%d addr %s port %d conn %d max %d hard %d weight %d prio %d sx %s rx %s"
                .formatted(
                        slot,
                        t.addr(slot),
                        t.port(slot),
                        t.conn(slot),
                        t.max(slot),
                        t.hard(slot),
                        t.weight(slot),
                        t.prio(slot),
                        Long.toUnsignedString(t.sx(slot)),
                        Long.toUnsignedString(t.rx(slot)));
    }

    private static void assertClientsAgree(RealPen pen, PenClient client) {
        ClientTable table = Asking.value(client, Command.recent(86_400, new ClientTable()));
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < table.size(); i++) {
            rows.add("%s connects %d sx %d rx %d"
                    .formatted(table.client(i), table.connects(i), table.sx(i), table.rx(i)));
        }
        assertThat(rows).isNotEmpty().isEqualTo(pen.penctl("recent 86400").lines());
    }

    @Test
    void counters_are_what_passed_the_sockets() throws IOException {
        try (HttpBackend one = HttpBackend.start();
                HttpBackend two = HttpBackend.start();
                RealPen pen =
                        RealPen.with().backend(one).backend(two).options("-r").start()) {
            HttpTraffic traffic = HttpTraffic.to(pen.listenPort());
            for (int i = 0; i < 10; i++) {
                assertThat(traffic.get("127.0.0." + (2 + i), 1_000 * i)).isEqualTo(200);
            }
            ServerTable servers = Asking.value(client(pen), Command.servers());
            assertThat(servers.size()).isEqualTo(2);
            List<HttpBackend> backends = List.of(one, two);
            for (int slot = 0; slot < 2; slot++) {
                HttpBackend backend = backends.get(slot);
                assertThat(servers.hostPort(slot)).isEqualTo("127.0.0.1:" + backend.port());
                assertThat(servers.sx(slot)).isEqualTo(backend.received()).isPositive();
                assertThat(servers.rx(slot)).isEqualTo(backend.sent()).isPositive();
            }
            ClientTable clients = Asking.value(client(pen), Command.recent(86_400, new ClientTable()));
            assertThat(clients.size()).isEqualTo(10);
            for (int i = 0; i < 10; i++) {
                String name = clients.client(i);
                assertThat(clients.connects(i)).isOne();
                // The other way round than for servers.
                assertThat(clients.rx(i)).isEqualTo(traffic.sent(name)).isPositive();
                assertThat(clients.sx(i)).isEqualTo(traffic.received(name)).isPositive();
            }
        }
    }

    @Test
    void slots_may_appear_with_gaps_and_move() {
        try (RealPen pen =
                RealPen.with().backend("127.0.0.1:7").backend("127.0.0.1:9").start()) {
            PenClient client = client(pen);
            ServerTable table = new ServerTable();
            Command<ServerTable> servers = Command.servers(table);
            assertThat(Asking.value(client, servers).size()).isEqualTo(2);
            pen.penctl("server", "5", "address", "127.0.0.1", "port", "9999");
            assertThat(Asking.value(client, servers).size()).isEqualTo(6);
            assertThat(IntStream.range(0, 6).filter(table::unused)).containsExactly(2, 3, 4);
            assertThat(table.hostPort(5)).isEqualTo("127.0.0.1:9999");
            pen.penctl("server", "1", "address", "::1", "port", "10", "max", "-1");
            Asking.value(client, servers);
            assertThat(table.hostPort(1)).isEqualTo("[::1]:10");
            assertThat(table.max(1)).isEqualTo(-1);
            pen.penctl("server", "0", "address", "0.0.0.0", "port", "0");
            Asking.value(client, servers);
            assertThat(table.unused(0)).isTrue();
        }
    }

    @Test
    void an_access_list_that_denies_us_is_a_failure_and_not_an_empty_list() {
        try (RealPen pen = RealPen.with().backend("127.0.0.1:9").start()) {
            PenClient client = client(pen);
            pen.penctl("acl", "3", "deny", "127.0.0.1");
            pen.penctl("control_acl", "3");
            for (int i = 0; i < 50; i++) {
                assertThat(Asking.failure(client, Command.servers()).reason())
                        .isIn(Failure.Reason.DENIED, Failure.Reason.RESET);
            }
            assertThat(pen.alive()).isTrue();
        }
    }

    @Test
    void clients_of_a_unix_socket_have_no_address() throws IOException {
        try (HttpBackend backend = HttpBackend.start();
                RealPen pen = RealPen.with().backend(backend).listenOnSocket().start()) {
            SocketChannel.open(UnixDomainSocketAddress.of(pen.listen())).close();
            PenClient client = client(pen);
            await().untilAsserted(() -> {
                ClientTable clients = Asking.value(client, Command.recent(300, new ClientTable()));
                assertThat(clients.size()).isOne();
                assertThat(clients.client(0)).isEqualTo(ClientTable.UNKNOWN);
                assertThat(clients.connects(0)).isOne();
            });
        }
    }

    @Test
    void a_stopped_pen_is_a_timeout_and_answers_when_it_goes_on() {
        try (RealPen pen = RealPen.with().backend("127.0.0.1:9").start()) {
            PenClient hasty = transport.client(pen.controlEndpoint(), Duration.ofMillis(300));
            pen.stop();
            // The kernel completes the connect on behalf of a stopped process.
            assertThat(Asking.failure(hasty, Command.servers())).isEqualTo(new Failure.Timeout(0));
            pen.cont();
            assertThat((long) Asking.value(client(pen), Command.pid())).isEqualTo(pen.pid());
        }
    }

    @Test
    void a_restarted_pen_is_reached_again_by_the_same_client() {
        try (RealPen pen = RealPen.with().backend("127.0.0.1:9").start()) {
            PenClient client = client(pen);
            int first = Asking.value(client, Command.pid());
            pen.kill();
            assertThat(Asking.failure(client, Command.pid()).reason()).isEqualTo(Failure.Reason.CONNECT);
            pen.restart();
            assertThat((long) Asking.value(client, Command.pid()))
                    .isEqualTo(pen.pid())
                    .isNotEqualTo(first);
        }
    }
}
