package io.github.penagent.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is expected here was recorded from pen 0.34.1. */
class PenModelRepliesTest {
    private static final long NOW = 1_795_247_000L;

    private final PenModel pen = new PenModel(9297, "127.0.0.1:20244", "127.0.0.1:20245");

    @Test
    void servers_lists_every_slot_with_its_limits_and_counters() {
        twoServersAfterFiveClients();

        assertThat(ask("servers")).isEqualTo("""
                0 addr 127.0.0.1 port 20000 conn 0 max 0 hard 0 weight 0 prio 0 sx 44 rx 6122
                1 addr 127.0.0.1 port 20001 conn 0 max 10 hard 20 weight 3 prio 4 sx 66 rx 9183
                """);
    }

    @Test
    void recent_lists_clients_in_the_order_of_the_table() {
        twoServersAfterFiveClients();

        assertThat(ask("recent")).isEqualTo("""
                127.0.0.2 connects 1 sx 1061 rx 22
                127.0.0.3 connects 1 sx 2061 rx 22
                127.0.0.4 connects 1 sx 3061 rx 22
                127.0.0.5 connects 1 sx 4061 rx 22
                127.0.0.6 connects 1 sx 5061 rx 22
                """);
    }

    @Test
    void a_slot_past_the_end_creates_gaps() {
        twoServersAfterFiveClients();

        assertThat(ask("server 5 address 127.0.0.1 port 9999 max 7")).isEmpty();

        assertThat(ask("servers")).isEqualTo("""
                0 addr 127.0.0.1 port 20000 conn 0 max 0 hard 0 weight 0 prio 0 sx 44 rx 6122
                1 addr 127.0.0.1 port 20001 conn 0 max 10 hard 20 weight 3 prio 4 sx 66 rx 9183
                2 addr (unknown address family 0 port 0 conn 0 max 0 hard 0 weight 0 prio 0 sx 0 rx 0
                3 addr (unknown address family 0 port 0 conn 0 max 0 hard 0 weight 0 prio 0 sx 0 rx 0
                4 addr (unknown address family 0 port 0 conn 0 max 0 hard 0 weight 0 prio 0 sx 0 rx 0
                5 addr 127.0.0.1 port 9999 conn 0 max 7 hard 0 weight 0 prio 0 sx 0 rx 0
                """);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "mode          | no hash no roundrobin no stubborn no weight no prio",
                "pid           | 9297",
                "control       | 127.0.0.1:20244",
                "listen        | 127.0.0.1:20245",
                "blacklist     | 30",
                "blacklist 45  | 45",
                "timeout       | 3",
                "timeout    5s | 5",
                "tracking      | 0",
                "tracking x    | 0",
                "client_acl 3  | 3",
                "control_acl 10| 0",
                "clients_max   | 2048",
                "clients_max 10| 2048",
                "conn_max      | 500",
                "conn_max 600 7| 600",
                "debug         | 0",
                "idlers        | Idlers: 0/0",
                "idle_timeout  | Idle timeout: 0 seconds",
                "socket 8      | Socket 8 belongs to connection -1",
                "tcp_fastclose | do_cmd: ignoring tcp_fastclose without argument",
                "exit          | Exit is not enabled; restart with -X flag",
                "status        | Unable to create webstats",
                "unknowncmd 1  | do_cmd: ignoring command starting with 'unknowncmd'",
                "block         | do_cmd: ignoring command starting with 'block'",
                "Mode          | do_cmd: ignoring command starting with 'Mode'",
            })
    void one_line_answers_one_command(String command, String line) {
        assertThat(ask(command)).isEqualTo(line + "\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "\nmode",
                "\r\nmode",
                "\0mode",
                "#mode",
                "no",
                "no foo",
                "no weight",
                "hash",
                "server",
                "server 0",
                "server -1 max 3",
                "pending_max",
                "pending_max 5",
                "log",
                "web_stats",
                "write",
                "recent",
                "recent -1"
            })
    void what_is_silent_has_no_reply(String command) {
        assertThat(ask(command)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"pid\n", "pid\r\n", "  pid", "pid surplus", "pid\nmode\n", "pid\0mode"})
    void a_command_ends_at_the_first_line_end_and_spaces_are_free(String command) {
        assertThat(ask(command)).isEqualTo("9297\n");
    }

    @Test
    void a_tab_is_part_of_the_word() {
        assertThat(ask("mode\t")).isEqualTo("do_cmd: ignoring command starting with 'mode\t'\n");
    }

    @Test
    void an_output_line_is_cut_at4095_bytes() {
        assertThat(ask("y".repeat(5_000))).hasSize(4095).endsWith("yyy");
    }

    @Test
    void flags_come_and_go() {
        ask("roundrobin");
        ask("weight");
        ask("prio");
        ask("no prio");

        assertThat(ask("mode")).isEqualTo("no hash roundrobin no stubborn weight no prio\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "address 127.0.0.1 port 70000           | 127.0.0.1 port 4464 conn 0 max 0 hard 0 weight 0 prio 0",
                "address 1.2 port -1                    | 1.0.0.2 port 65535 conn 0 max 0 hard 0 weight 0 prio 0",
                "address 010.0x1.1 port http            | 8.1.0.1 port 0 conn 0 max 0 hard 0 weight 0 prio 0",
                "address 1.65536 port 3                 | 1.1.0.0 port 3 conn 0 max 0 hard 0 weight 0 prio 0",
                "address ::1 port 80                    | ::1 port 80 conn 0 max 0 hard 0 weight 0 prio 0",
                "address fe80:0:0::01 port 1            | fe80::1 port 1 conn 0 max 0 hard 0 weight 0 prio 0",
                "address 2001:0:0:1:0:0:0:1             | 2001:0:0:1::1 port 0 conn 0 max 0 hard 0 weight 0 prio 0",
                "address ::ffff:1.2.3.4                 | ::ffff:1.2.3.4 port 0 conn 0 max 0 hard 0 weight 0 prio 0",
                "address ::1.2.3.4                      | ::1.2.3.4 port 0 conn 0 max 0 hard 0 weight 0 prio 0",
                "address /run/x.sock port 9             | /run/x.sock port 1 conn 0 max 0 hard 0 weight 0 prio 0",
                "address /run/x.sock address 127.0.0.1  | 127.0.0.1 port 12146 conn 0 max 0 hard 0 weight 0 prio 0",
                "port 7 address 1.2.3.4                 | 1.2.3.4 port 0 conn 0 max 0 hard 0 weight 0 prio 0",
                "max 4 address bad..name hard 5         | (unknown address family 0 port 0 conn 0 max 4 hard 0 weight 0 prio 0",
                "address 256.1.1.1 port 3               | (unknown address family 0 port 0 conn 0 max 0 hard 0 weight 0 prio 0",
                "address 0.0.0.0 max -1 frob 3 hard     | 0.0.0.0 port 0 conn 0 max -1 hard 0 weight 0 prio 0",
                "address 1.1.1.1 max 99999999999 hard 99999999999999999999 weight -5x"
                        + " | 1.1.1.1 port 0 conn 0 max 1215752191 hard -1 weight -5 prio 0",
            })
    void attributes_are_set_from_left_to_right(String pairs, String row) {
        assertThat(ask("server 0 " + pairs)).isEmpty();

        assertThat(ask("servers")).isEqualTo("0 addr " + row + " sx 0 rx 0\n");
    }

    @Test
    void counters_of_servers_are_unsigned_and_those_of_clients_signed() {
        ask("server 0 address 127.0.0.1 port 80");
        Connection connection = pen.accept("127.0.0.2", 1, NOW).orElseThrow();
        connection.toServer(-16);

        assertThat(ask("servers")).contains(" sx 18446744073709551600 rx 0\n");
        assertThat(ask("recent")).isEqualTo("127.0.0.2 connects 1 sx 0 rx -16\n");
    }

    @Test
    void tables_beyond_reason_are_not_grown() {
        assertThat(ask("clients_max 2000000000")).isEqualTo("2048\n");
        assertThat(ask("conn_max -1")).isEqualTo("500\n");
        ask("server 2147483647 max 1");
        assertThat(ask("servers")).isEmpty();
    }

    private void twoServersAfterFiveClients() {
        ask("server 0 address 127.0.0.1 port 20000");
        ask("server 1 address 127.0.0.1 port 20001 max 10 hard 20 weight 3 prio 4");
        for (int n = 1; n <= 5; n++) {
            Connection connection =
                    pen.accept("127.0.0." + (n + 1), 40_000 + n, NOW).orElseThrow();
            connection.connected();
            connection.toServer(22);
            connection.toClient(1_000 * n + 61);
            connection.closed();
        }
    }

    private String ask(String command) {
        return pen.execute(command, NOW);
    }
}
