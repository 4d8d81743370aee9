package io.github.penagent.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ServerChoiceTest {
    private static final long NOW = 1_795_247_000L;

    private final PenModel pen = new PenModel(1, "c", "l");

    @BeforeEach
    void threeServers() {
        IntStream.range(0, 3).forEach(n -> ask("server " + n + " address 127.0.0.1 port " + (80 + n)));
    }

    @Test
    void new_clients_take_turns_beginning_with_the_second_server() {
        assertThat(List.of(visit(2), visit(3), visit(4), visit(5))).containsExactly(1, 2, 0, 1);
    }

    @Test
    void clients_return_to_their_server() {
        int first = visit(2);
        visit(3);

        assertThat(visit(2)).isEqualTo(first);
    }

    @Test
    void in_round_robin_clients_are_not_remembered() {
        ask("roundrobin");

        assertThat(List.of(visit(2), visit(2), visit(2), visit(2))).containsExactly(1, 2, 0, 1);
    }

    @Test
    void the_smallest_priority_is_served_first() {
        ask("prio");
        ask("server 0 prio 3");
        ask("server 1 prio 2");
        ask("server 2 prio 2");

        assertThat(visit(2)).isEqualTo(1);
        ask("server 1 blacklist 9");
        assertThat(visit(3)).isEqualTo(2);
    }

    @Test
    void weights_share_open_connections() {
        ask("weight");
        ask("roundrobin");
        ask("server 0 weight 3");
        ask("server 1 weight 1");

        int[] shares = new int[3];
        for (int n = 0; n < 8; n++) {
            Connection connection = pen.accept("127.0.0.2", 1, NOW).orElseThrow();
            connection.connected();
            shares[connection.slot()]++;
        }

        assertThat(shares).containsExactly(6, 2, 0);
    }

    @Test
    void without_any_weight_every_client_is_closed() {
        ask("weight");

        assertThat(pen.accept("127.0.0.2", 1, NOW)).isEmpty();
    }

    @Test
    void the_hash_of_an_address_is_its_little_endian_remainder() {
        ask("hash");

        // 127.0.0.2 is 0x0200007f, 33554559 in decimal.
        assertThat(visit(2)).isEqualTo(33_554_559 % 3);
    }

    @Test
    void the_hash_ignores_a_blacklist_and_fails_over_to_the_neighbour() {
        ask("hash");
        ask("server 0 blacklist 9");

        assertThat(visit(2)).isEqualTo(33_554_559 % 3 + 1);
    }

    @Test
    void a_full_server_takes_its_own_clients_up_to_the_hard_limit() {
        ask("server 1 max 1 hard 2");
        open(2);

        assertThat(visit(3)).isEqualTo(2);
        assertThat(open(2).slot()).isEqualTo(1);
        assertThat(visit(2)).isEqualTo(2);
    }

    @Test
    void a_negative_limit_drains() {
        ask("server 1 max -1 hard 0");

        assertThat(IntStream.range(2, 12).map(this::visit)).containsOnly(0, 2);
    }

    @Test
    void the_share_of_gaps_falls_on_the_next_server() {
        ask("server 5 max 0");
        ask("roundrobin");

        List<Integer> slots = IntStream.range(2, 8).map(this::visit).boxed().toList();

        assertThat(slots).containsExactly(1, 2, 0, 0, 0, 0);
    }

    @Test
    void an_unused_slot_is_passed_over() {
        ask("server 1 address 0.0.0.0 port 0");
        ask("roundrobin");

        assertThat(List.of(visit(2), visit(2), visit(2))).containsExactly(2, 0, 2);
    }

    private int visit(int client) {
        Connection connection = pen.accept("127.0.0." + client, 1, NOW).orElseThrow();
        connection.connected();
        connection.closed();
        return connection.slot();
    }

    private Connection open(int client) {
        Connection connection = pen.accept("127.0.0." + client, 1, NOW).orElseThrow();
        connection.connected();
        return connection;
    }

    private void ask(String command) {
        assertThat(pen.execute(command, NOW)).isEmpty();
    }
}
