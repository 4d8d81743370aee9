package io.github.penagent.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.penagent.peers.HttpBackend;
import io.github.penagent.peers.HttpTraffic;
import io.github.penagent.peers.MetricsPage;
import io.github.penagent.peers.MetricsPage.Sample;
import io.github.penagent.peers.RealPen;
import io.github.penagent.peers.RunningAgent;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What stands on the page, against pen's own words and against what passed the sockets. */
class CountersIT {
    private static final Duration SOON = Duration.ofSeconds(15);
    private static final Duration OFTEN = Duration.ofMillis(30);
    private static final String SENT = "pen_server_sent_bytes_total";
    private static final String RECEIVED = "pen_server_received_bytes_total";
    private static final String ACCEPTED = "pen_accepted_connections_total";
    private static final String RESTARTS = "pen_process_id_changes_total";

    @AutoClose
    private final HttpBackend one = HttpBackend.start();

    @AutoClose
    private final HttpBackend two = HttpBackend.start();

    @AutoClose
    private final HttpBackend three = HttpBackend.start();

    private final List<AutoCloseable> running = new ArrayList<>();

    @AfterEach
    void end() throws Exception {
        for (AutoCloseable each : running) {
            each.close();
        }
    }

    private RealPen pen(RealPen.Builder builder) {
        RealPen pen = builder.start();
        running.add(0, pen);
        return pen;
    }

    /** On a pen called web; returns when its clients were read once. */
    private RunningAgent agent(RealPen pen, String... settings) {
        RunningAgent.Builder builder =
                RunningAgent.with().pen("web", pen).set("poll.interval = 200ms").set("recent-clients.interval = 1s");
        for (String setting : settings) {
            builder.set(setting);
        }
        RunningAgent agent = builder.start();
        running.add(0, agent);
        await("clients read").atMost(SOON).pollInterval(OFTEN).until(() -> !agent.metrics()
                .all(ACCEPTED)
                .isEmpty());
        return agent;
    }

    /** {@code count} connections from six addresses, downloads and uploads of all sizes. */
    private static void mixedTraffic(HttpTraffic traffic, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            try (HttpTraffic.Connection connection = traffic.open("127.0.0." + (2 + i % 6))) {
                assertThat(connection.get(i * 997)).isEqualTo(200);
                if (i % 3 == 0) {
                    assertThat(connection.post(5_000 + i * 1_111, i)).isEqualTo(200);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void every_number_is_pens_own_and_the_backends_agree(boolean roundRobin) throws IOException {
        RealPen pen = pen(RealPen.with()
                .options(roundRobin ? new String[] {"-r"} : new String[0])
                .options("-x", "40", "-c", "70", "-b", "7")
                .backend(one)
                .backend("127.0.0.1:" + two.port() + ":10:20:3:4")
                .backend(three));
        HttpTraffic traffic = HttpTraffic.to(pen.listenPort());
        for (int i = 0; i < 5; i++) {
            assertThat(traffic.get("127.0.0.9", 100)).isEqualTo(200);
        }
        try (HttpTraffic.Connection early = traffic.open("127.0.0.8")) {
            assertThat(early.get(1)).isEqualTo(200);
            RunningAgent agent = agent(pen);
            assertThat(agent.metrics().value(ACCEPTED)).isZero();
            mixedTraffic(traffic, 36);
            assertThat(early.post(70_000, 30_000)).isEqualTo(200);
            await("only the early connection is left")
                    .atMost(SOON)
                    .pollInterval(OFTEN)
                    .until(() -> PenServers.connections(pen) == 1);

            assertServers(agent.afterPolls(1, "web"), PenServers.of(pen));
            assertThat(one.received() + two.received() + three.received()).isEqualTo(traffic.sent());
            assertThat(one.sent() + two.sent() + three.sent()).isEqualTo(traffic.received());
            assertSettings(agent.metrics(), pen);
            assertThatRatesAreZero(agent.metrics());
            await("clients of the traffic")
                    .atMost(SOON)
                    .pollInterval(OFTEN)
                    .untilAsserted(() -> assertClients(agent.metrics(), 36, 8));
            assertBothFormatsAgree(agent);
            // At least two more readings of the clients, which overlap in time: none counts twice.
            assertClients(agent.afterPolls(12, "web"), 36, 8);
        }
    }

    private void assertServers(MetricsPage page, List<PenServers.Row> servers) {
        assertThat(servers).hasSize(3);
        for (int i = 0; i < 3; i++) {
            PenServers.Row row = servers.get(i);
            HttpBackend backend = List.of(one, two, three).get(i);
            String[] labels = {"pen", "web", "server", row.slot(), "address", row.address()};
            assertThat(row.address()).isEqualTo("127.0.0.1:" + backend.port());
            assertThat(row.sx()).isEqualTo(Long.toString(backend.received()));
            assertThat(row.rx()).isEqualTo(Long.toString(backend.sent()));
            assertThat(page.one(SENT, labels).value()).isEqualTo(row.sx());
            assertThat(page.one(RECEIVED, labels).value()).isEqualTo(row.rx());
            assertThat(page.one("pen_server_connections", labels).value()).isEqualTo(row.conn());
            assertThat(page.one("pen_server_connections_soft_limit", labels).value())
                    .isEqualTo(row.max());
            assertThat(page.one("pen_server_connections_hard_limit", labels).value())
                    .isEqualTo(row.hard());
            assertThat(page.one("pen_server_weight", labels).value()).isEqualTo(row.weight());
            assertThat(page.one("pen_server_priority", labels).value()).isEqualTo(row.prio());
        }
        assertThat(page.all(SENT)).hasSize(3);
        assertThat(servers.get(1))
                .extracting(PenServers.Row::max, PenServers.Row::hard)
                .containsExactly("10", "20");
    }

    private static void assertSettings(MetricsPage page, RealPen pen) {
        assertThat(page.one("pen_info").labels())
                .isEqualTo(Map.of(
                        "pen", "web",
                        "listen", pen.penctl("listen").output().strip(),
                        "control", pen.penctl("control").output().strip(),
                        "mode", pen.penctl("mode").output().strip()));
        assertThat(page.value("pen_info")).isOne();
        assertThat(page.value("pen_up", "pen", "web")).isOne();
        assertThat(page.value("pen_connections_limit", "pen", "web")).isEqualTo(40);
        assertThat(page.value("pen_clients_limit", "pen", "web")).isEqualTo(70);
        assertThat(page.value("pen_blacklist_seconds", "pen", "web")).isEqualTo(7);
        assertThat(page.value("pen_servers", "pen", "web")).isEqualTo(3);
        assertThat(page.value(RESTARTS, "pen", "web")).isZero();
        assertThat(page.all("pen_poll_failures_total", "pen", "web"))
                .hasSize(7)
                .allSatisfy(reason -> assertThat(reason.number()).isZero());
    }

    private static void assertThatRatesAreZero(MetricsPage page) {
        for (String rate : List.of("pen_server_sent_bytes_per_second", "pen_server_received_bytes_per_second")) {
            assertThat(page.all(rate, "pen", "web")).hasSize(3).allSatisfy(row -> assertThat(row.number())
                    .isZero());
        }
    }

    private static void assertClients(MetricsPage page, int accepted, int recent) {
        assertThat(page.value(ACCEPTED, "pen", "web")).isEqualTo(accepted);
        assertThat(page.value("pen_recent_clients", "pen", "web")).isEqualTo(recent);
        assertThat(page.value("pen_clients_dropped", "pen", "web")).isEqualTo(recent);
        assertThat(page.beginning("pen_client_")).isEmpty();
    }

    /** Between two polls, when the pages before and after are the same. */
    private static void assertBothFormatsAgree(RunningAgent agent) {
        await("the same page in both formats").atMost(SOON).pollInterval(OFTEN).untilAsserted(() -> {
            List<Sample> before = agent.metrics().beginning("pen_");
            List<Sample> openMetrics = agent.openMetrics().beginning("pen_");
            assertThat(agent.metrics().beginning("pen_")).isEqualTo(before);
            assertThat(openMetrics).hasSizeGreaterThan(50).containsExactlyInAnyOrderElementsOf(before);
        });
    }

    @Test
    void a_restarted_pen_lets_its_counters_fall_and_never_jump() throws IOException {
        RealPen pen = pen(RealPen.with().options("-r").backend(one).backend(two).backend(three));
        HttpTraffic traffic = HttpTraffic.to(pen.listenPort());
        RunningAgent agent = agent(pen);
        mixedTraffic(traffic, 12);
        MetricsPage before = agent.afterPolls(1, "web");
        assertThat(before.all(SENT)).hasSize(3).allSatisfy(row -> assertThat(row.number())
                .isPositive());
        await().atMost(SOON)
                .pollInterval(OFTEN)
                .untilAsserted(() -> assertThat(agent.metrics().value(ACCEPTED)).isEqualTo(12));

        pen.restart();
        List<MetricsPage> meanwhile = new ArrayList<>();
        await("restart noticed").atMost(SOON).pollInterval(OFTEN).until(() -> {
            MetricsPage page = agent.metrics();
            meanwhile.add(page);
            return page.value(RESTARTS) == 1 && page.value("pen_up") == 1;
        });
        meanwhile.add(agent.afterPolls(2, "web"));
        for (String address : before.by("address", SENT).keySet()) {
            assertThatItOnlyFalls(before, meanwhile, SENT, address);
            assertThatItOnlyFalls(before, meanwhile, RECEIVED, address);
        }
        assertThatRatesAreZero(agent.metrics());

        long sentBefore = traffic.sent();
        mixedTraffic(traffic, 9);
        MetricsPage after = agent.afterPolls(1, "web");
        List<PenServers.Row> servers = PenServers.of(pen);
        assertThat(servers).hasSize(3).allSatisfy(row -> {
            assertThat(after.one(SENT, "address", row.address()).value()).isEqualTo(row.sx());
            assertThat(after.one(RECEIVED, "address", row.address()).value()).isEqualTo(row.rx());
        });
        assertThat(servers.stream().mapToLong(row -> Long.parseLong(row.sx())).sum())
                .isEqualTo(traffic.sent() - sentBefore);
        await().atMost(SOON)
                .pollInterval(OFTEN)
                .untilAsserted(() -> assertThat(agent.metrics().value(ACCEPTED)).isEqualTo(12 + 9));
        assertThat(agent.metrics().value(RESTARTS)).isOne();
        assertThat(agent.log()).containsOnlyOnce("pen has started anew");
    }

    /** From its old value to 0, without traffic; its row may be away while pen is. */
    private static void assertThatItOnlyFalls(
            MetricsPage before, List<MetricsPage> meanwhile, String name, String address) {
        String old = before.one(name, "address", address).value();
        List<String> seen = meanwhile.stream()
                .flatMap(page -> page.all(name, "address", address).stream())
                .map(Sample::value)
                .toList();
        assertThat(seen).isSubsetOf(old, "0");
        assertThat(seen.subList(seen.indexOf("0"), seen.size())).containsOnly("0");
    }

    @Test
    void a_slot_that_is_given_another_backend_starts_a_new_series_at_zero() throws IOException {
        RealPen pen = pen(RealPen.with().options("-r").backend(one).backend(two));
        HttpTraffic traffic = HttpTraffic.to(pen.listenPort());
        RunningAgent agent = agent(pen);
        mixedTraffic(traffic, 8);
        MetricsPage before = agent.afterPolls(1, "web");
        String old = "127.0.0.1:" + two.port();
        String next = "127.0.0.1:" + three.port();
        assertThat(before.one(SENT, "address", old).value()).isEqualTo(Long.toString(two.received()));

        pen.penctl("server", "1", "address", "127.0.0.1", "port", Integer.toString(three.port()));
        MetricsPage empty = await("the new address")
                .atMost(SOON)
                .pollInterval(OFTEN)
                .until(agent::metrics, page -> !page.all(SENT, "address", next).isEmpty());
        assertThat(empty.one(SENT, "server", "1", "address", next).value()).isEqualTo("0");
        assertThat(empty.one(RECEIVED, "server", "1", "address", next).value()).isEqualTo("0");
        assertThat(empty.samples()).noneMatch(s -> old.equals(s.labels().get("address")));
        assertThat(empty.one(SENT, "server", "0").value()).isEqualTo(Long.toString(one.received()));

        mixedTraffic(traffic, 8);
        MetricsPage after = agent.afterPolls(1, "web");
        assertThat(three.received()).isPositive();
        assertThat(after.by("address", SENT))
                .isEqualTo(Map.of(
                        "127.0.0.1:" + one.port(),
                        Long.toString(one.received()),
                        next,
                        Long.toString(three.received())));
        assertThat(after.by("address", RECEIVED))
                .isEqualTo(Map.of(
                        "127.0.0.1:" + one.port(), Long.toString(one.sent()), next, Long.toString(three.sent())));
        // pen itself goes on counting where the other backend stopped.
        assertThat(PenServers.of(pen).get(1).sx()).isEqualTo(Long.toString(two.received() + three.received()));
        assertThat(after.value(RESTARTS)).isZero();
        assertThat(after.value("pen_servers")).isEqualTo(2);
    }

    @Test
    void the_clients_with_the_most_connections_have_rows_and_the_others_are_counted() throws IOException {
        RealPen pen = pen(RealPen.with().backend(one).backend(two));
        HttpTraffic traffic = HttpTraffic.to(pen.listenPort());
        RunningAgent agent = agent(pen, "recent-clients.top = 2");
        int[] connections = {3, 7, 1, 5, 2};
        for (int client = 0; client < connections.length; client++) {
            for (int i = 0; i < connections[client]; i++) {
                assertThat(traffic.get("127.0.0." + (2 + client), 1_000 * (client + i)))
                        .isEqualTo(200);
            }
        }
        assertTopClients(agent, traffic);
    }

    @Test
    void the_bytes_of_a_client_go_on_while_its_connection_is_old() throws IOException {
        RealPen pen = pen(RealPen.with().backend(one).backend(two));
        HttpTraffic traffic = HttpTraffic.to(pen.listenPort());
        RunningAgent agent = agent(pen, "recent-clients.top = 2");
        try (HttpTraffic.Connection kept = traffic.open("127.0.0.2")) {
            assertThat(kept.get(1_000)).isEqualTo(200);
            // Beyond the overlap of two readings, pen lists it only among those of the whole window.
            agent.afterPolls(20, "web");
            assertThat(kept.post(50_000, 100_000)).isEqualTo(200);
            await("bytes of the kept connection")
                    .atMost(SOON)
                    .pollInterval(OFTEN)
                    .untilAsserted(() -> {
                        MetricsPage page = agent.metrics();
                        assertThat(page.by("client", "pen_client_sent_bytes_total"))
                                .isEqualTo(Map.of("127.0.0.2", received(traffic, 2)));
                        assertThat(page.by("client", "pen_client_received_bytes_total"))
                                .isEqualTo(Map.of("127.0.0.2", sent(traffic, 2)));
                        assertThat(page.value(ACCEPTED, "pen", "web")).isOne();
                    });
        }
    }

    private static void assertTopClients(RunningAgent agent, HttpTraffic traffic) {
        await("all clients read").atMost(SOON).pollInterval(OFTEN).untilAsserted(() -> {
            MetricsPage page = agent.metrics();
            assertThat(page.value("pen_recent_clients", "pen", "web")).isEqualTo(5);
            assertThat(page.value("pen_clients_dropped", "pen", "web")).isEqualTo(3);
            assertThat(page.by("client", "pen_client_connections_total", "pen", "web"))
                    .isEqualTo(Map.of("127.0.0.3", "7", "127.0.0.5", "5"));
            assertThat(page.by("client", "pen_client_sent_bytes_total", "pen", "web"))
                    .isEqualTo(Map.of("127.0.0.3", received(traffic, 3), "127.0.0.5", received(traffic, 5)));
            assertThat(page.by("client", "pen_client_received_bytes_total", "pen", "web"))
                    .isEqualTo(Map.of("127.0.0.3", sent(traffic, 3), "127.0.0.5", sent(traffic, 5)));
        });
    }

    private static String received(HttpTraffic traffic, int client) {
        return Long.toString(traffic.received("127.0.0." + client));
    }

    private static String sent(HttpTraffic traffic, int client) {
        return Long.toString(traffic.sent("127.0.0." + client));
    }
}
