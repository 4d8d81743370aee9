package io.github.penagent.penctl;

import static io.github.penagent.penctl.ScriptedTable.outcome;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.penagent.peers.HttpBackend;
import io.github.penagent.peers.HttpTraffic;
import io.github.penagent.peers.RealPen;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

/** Each change of a server against pen itself: on its list, and on its traffic. */
class PenServersIT {
    private static final Duration DEADLINE = Duration.ofSeconds(5);
    private static final String CLIENT = "127.0.0.2";

    @AutoClose
    private final Transport transport = Transport.create(1);

    @AutoClose
    private final HttpBackend one = HttpBackend.start();

    @AutoClose
    private final HttpBackend two = HttpBackend.start();

    @AutoClose
    private final HttpBackend three = HttpBackend.start();

    private RealPen running =
            RealPen.with().backend(one).backend(two).options("-r").start();

    private PenServers servers = servers(PenVersion.V0_34);

    private PenServers servers(PenVersion version, Danger... accepted) {
        return Pen.over(transport.client(running.controlEndpoint(), DEADLINE), version)
                .accepting(accepted)
                .servers();
    }

    private void start(String... options) {
        running.close();
        running = RealPen.with().backend(one).backend(two).options(options).start();
        servers = servers(PenVersion.V0_34);
    }

    @AfterEach
    void penIsAlive() {
        try (RealPen pen = running) {
            assertThat(pen.penctl("pid").output().strip()).isEqualTo(Long.toString(pen.pid()));
        }
    }

    private void confirmed(Mono<Outcome> call, String... shown) {
        assertThat(outcome(call)).isInstanceOf(Outcome.Confirmed.class);
        for (String words : shown) {
            assertThat(running.penctl("servers").output()).contains(words);
        }
    }

    private void sent(Mono<Outcome> call) {
        assertThat(outcome(call)).isInstanceOfSatisfying(Outcome.NotConfirmed.class, sent -> assertThat(sent.message())
                .contains("pen took it, but its list does not show"));
    }

    /** Where a client's requests go, each on a connection of its own. */
    private List<Integer> reached(int requests) throws IOException {
        int[] before = counts();
        HttpTraffic traffic = HttpTraffic.to(running.listenPort());
        for (int i = 0; i < requests; i++) {
            assertThat(traffic.get(CLIENT, 10)).isEqualTo(200);
        }
        int[] after = counts();
        return IntStream.range(0, 3).mapToObj(i -> after[i] - before[i]).toList();
    }

    private int[] counts() {
        return new int[] {one.requests(), two.requests(), three.requests()};
    }

    private static String address(HttpBackend backend) {
        return "127.0.0.1:" + backend.port();
    }

    @Test
    void a_server_is_added_re_addressed_and_removed_with_its_traffic() throws IOException {
        assertThat(outcome(servers.add(address(three)))).isInstanceOf(Outcome.Refused.class);
        PenServers bold = servers(PenVersion.V0_34, Danger.GROWS_SERVER_TABLE);
        confirmed(bold.add(address(three)), "2 addr 127.0.0.1 port " + three.port() + " conn 0 max 0");
        assertThat(reached(9)).containsExactly(3, 3, 3);
        confirmed(servers.remove(address(two)), "1 addr 0.0.0.0 port 0");
        assertThat(reached(8)).containsExactly(4, 0, 4);
        confirmed(servers.at(2).port(two.port()), "2 addr 127.0.0.1 port " + two.port());
        assertThat(reached(8)).containsExactly(4, 4, 0);
        confirmed(servers.at(address(two)).address(address(three)), "2 addr 127.0.0.1 port " + three.port());
        confirmed(servers.add(address(two)), "1 addr 127.0.0.1 port " + two.port());
        assertThat(reached(9)).containsExactly(3, 3, 3);
        assertThat(running.penctl("servers").lines()).hasSize(3);
        assertThat(outcome(servers.add(address(two)))).isInstanceOf(Outcome.Refused.class);
    }

    @Test
    void the_server_in_slot_zero_is_removed_and_its_share_goes_to_the_next() throws IOException {
        confirmed(servers.remove(0), "0 addr 0.0.0.0 port 0");
        assertThat(reached(6)).containsExactly(0, 6, 0);
        confirmed(servers.add(address(three)), "0 addr 127.0.0.1 port " + three.port());
        assertThat(reached(6)).containsExactly(0, 3, 3);
    }

    @Test
    void slot_zero_of_a_stubborn_pen_is_kept() throws IOException {
        start("-r", "-s");
        assertThat(outcome(servers.remove(0))).isInstanceOf(Outcome.Refused.class);
        assertThat(reached(6)).containsExactly(3, 3, 0);
        confirmed(servers.remove(1), "1 addr 0.0.0.0 port 0");
        assertThat(reached(6)).containsExactly(6, 0, 0);
    }

    @Test
    void an_added_server_inherits_no_drain_no_list_and_no_blacklist() throws IOException {
        running.penctl("acl", "4", "deny", "127.0.0.0", "255.0.0.0");
        confirmed(servers.at(1).drain(), "max -1 hard 0");
        sent(servers.at(1).acl(4));
        sent(servers.at(1).blacklist(Duration.ofSeconds(OneServer.MAX_BLACKLIST_SECONDS)));
        confirmed(servers.remove(1));
        confirmed(servers.add(address(three), new Limits(50, 60, 7, 8)), "max 50 hard 60 weight 7 prio 8");
        assertThat(reached(6)).containsExactly(3, 0, 3);
    }

    @Test
    void limits_weights_and_priorities_are_shown_and_steer_traffic() throws IOException {
        confirmed(servers.at(0).max(7), "max 7 hard 0 weight 0 prio 0");
        confirmed(servers.at(0).hard(8), "max 7 hard 8 weight 0 prio 0");
        confirmed(servers.at(0).weight(9), "max 7 hard 8 weight 9 prio 0");
        confirmed(servers.at(0).prio(-10), "max 7 hard 8 weight 9 prio -10");
        ServerChange all = ServerChange.none()
                .max(1_000_000_000)
                .hard(1_000_000_000)
                .weight(1_000_000)
                .prio(-1_000_000);
        confirmed(servers.at(1).set(all), "max 1000000000 hard 1000000000 weight 1000000 prio -1000000");
        running.penctl("prio");
        running.penctl("no", "roundrobin");
        assertThat(reached(4)).containsExactly(0, 4, 0);
    }

    @Test
    void at_its_limit_a_server_gets_no_new_connection() throws IOException {
        confirmed(servers.at(0).set(ServerChange.none().max(1).hard(1)), "max 1 hard 1");
        HttpTraffic traffic = HttpTraffic.to(running.listenPort());
        try (HttpTraffic.Connection first = traffic.open("127.0.0.3");
                HttpTraffic.Connection second = traffic.open("127.0.0.4")) {
            assertThat(first.get(1) + second.get(1)).isEqualTo(400);
            await().until(() -> running.penctl("servers").output().contains("conn 1 max 1 hard 1"));
            assertThat(reached(4)).containsExactly(0, 4, 0);
        }
    }

    @Test
    void an_access_list_keeps_its_clients_from_the_server() throws IOException {
        running.penctl("acl", "4", "deny", CLIENT);
        sent(servers.at(0).acl(4));
        assertThat(reached(4)).containsExactly(0, 4, 0);
        sent(servers.at(0).acl(0));
        assertThat(reached(4)).containsExactly(2, 2, 0);
        sent(servers.at(1).acl(-1));
        assertThat(reached(4)).containsExactly(4, 0, 0);
    }

    @Test
    void a_blacklisted_server_gets_nothing_until_it_is_whitelisted_or_the_time_is_over() throws IOException {
        for (int seconds : List.of(OneServer.MAX_BLACKLIST_SECONDS, 60)) {
            sent(servers.at(address(one)).blacklist(Duration.ofSeconds(seconds)));
            assertThat(reached(4)).containsExactly(0, 4, 0);
            sent(servers.at(address(one)).whitelist());
            assertThat(reached(4)).containsExactly(2, 2, 0);
        }
        sent(servers.at(0).blacklist(Duration.ofSeconds(OneServer.MIN_BLACKLIST_SECONDS)));
        assertThat(reached(2)).containsExactly(0, 2, 0);
        await().until(() -> reached(2).get(0) == 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-r", "", "-h"})
    void a_drained_server_keeps_its_connections_and_gets_no_new_ones(String mode) throws IOException {
        start(mode.isEmpty() ? new String[0] : new String[] {mode});
        HttpTraffic traffic = HttpTraffic.to(running.listenPort());
        try (HttpTraffic.Connection first = traffic.open("127.0.0.3");
                HttpTraffic.Connection second = traffic.open("127.0.0.3")) {
            assertThat(first.get(1) + second.get(1)).isEqualTo(400);
            int slot = one.requests() > 0 ? 0 : 1;
            HttpBackend drained = slot == 0 ? one : two;
            confirmed(servers.at(slot).set(ServerChange.none().max(20).hard(30)));
            confirmed(servers.at(slot).drain(), "max -1 hard 0");
            int before = drained.requests();
            int connections = drained.connections();
            assertThat(first.get(1) + second.get(1)).isEqualTo(400);
            assertThat(drained.requests()).isGreaterThan(before);
            for (int i = 0; i < 4; i++) {
                assertThat(traffic.get("127.0.0.3", 1)).isEqualTo(200);
            }
            assertThat(drained.connections()).isEqualTo(connections);
            confirmed(servers.at(slot).undrain(), "max 20 hard 30");
        }
        if (mode.equals("-r")) {
            assertThat(reached(4)).containsExactly(2, 2, 0);
        }
    }

    @Test
    void other_families_are_shown_as_they_were_given() {
        confirmed(servers.at(1).address("[0:0::1]:8080"), "1 addr ::1 port 8080");
        confirmed(servers.at("[::1]:8080").address("/run/backend"), "1 addr /run/backend port 1 ");
        confirmed(servers.at("/run/backend").address("[::1]:" + two.port()), "1 addr ::1 port " + two.port());
        confirmed(servers.at(1).address("localhost:" + two.port()), "1 addr 127.0.0.1 port " + two.port());
        confirmed(servers.remove("localhost:" + two.port()), "1 addr 0.0.0.0 port 0");
        assertThat(running.log()).doesNotContain("localhost");
    }

    @Test
    void gaps_that_others_made_are_free_slots() throws IOException {
        running.penctl("server", "4", "address", "127.0.0.1", "port", Integer.toString(three.port()));
        Answer<List<ServerRow>> list = Objects.requireNonNull(servers.list().block(DEADLINE));
        assertThat(((Answer.Ok<List<ServerRow>>) list).value())
                .extracting(ServerRow::used)
                .containsExactly(true, true, false, false, true);
        confirmed(servers.remove(4), "4 addr 0.0.0.0 port 0");
        for (int slot = 2; slot < 5; slot++) {
            confirmed(servers.add("127.0.0.1:" + (60_000 + slot)), slot + " addr 127.0.0.1 port " + (60_000 + slot));
        }
        assertThat(outcome(servers.add(address(three)))).isInstanceOf(Outcome.Refused.class);
    }
}
