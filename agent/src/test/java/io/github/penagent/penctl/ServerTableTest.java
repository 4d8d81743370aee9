package io.github.penagent.penctl;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerTableTest {
    private static final String ROW = "0 addr 10.0.0.1 port 80 conn 1 max 2 hard 3 weight 4 prio 5 sx 6 rx 7\n";

    private static ServerTable read(String reply) {
        return Replies.read(Command.servers(), reply);
    }

    private static Failure failure(String reply) {
        return Replies.failure(Command.servers(), reply);
    }

    @Test
    void every_field_is_where_its_key_says() {
        ServerTable table = read(ROW);
        assertThat(table.size()).isOne();
        assertThat(table.addr(0)).isEqualTo("10.0.0.1");
        assertThat(table.port(0)).isEqualTo(80);
        assertThat(table.hostPort(0)).isEqualTo("10.0.0.1:80");
        assertThat(table.unused(0)).isFalse();
        assertThat(new long[] {table.conn(0), table.max(0), table.hard(0), table.weight(0), table.prio(0)})
                .containsExactly(1, 2, 3, 4, 5);
        assertThat(table.hasWeight(0)).isTrue();
        assertThat(table.hasPrio(0)).isTrue();
        assertThat(table.sx(0)).isEqualTo(6);
        assertThat(table.rx(0)).isEqualTo(7);
    }

    @Test
    void the_form_before_weight_and_prio_is_read() {
        ServerTable table = read("0 addr 10.0.0.1 port 80 conn 1 max 2 hard 3 sx 6 rx 7\n");
        assertThat(table.hasWeight(0)).isFalse();
        assertThat(table.hasPrio(0)).isFalse();
        assertThat(table.sx(0)).isEqualTo(6);
    }

    @Test
    void a_row_without_weight_forgets_the_weight_of_the_last_reply() {
        ServerTable table = read(ROW);
        Replies.read(Command.servers(table), "0 addr 10.0.0.1 port 80 conn 1 max 2 hard 3 sx 6 rx 7\n");
        assertThat(table.hasWeight(0)).isFalse();
    }

    @Test
    void keys_may_come_in_any_order() {
        ServerTable table = read("0 addr ::1 port 80 rx 7 sx 6 prio 5 weight 4 hard 3 max 2 conn 1\n");
        assertThat(table.hostPort(0)).isEqualTo("[::1]:80");
        assertThat(new long[] {table.conn(0), table.max(0), table.hard(0), table.weight(0), table.prio(0)})
                .containsExactly(1, 2, 3, 4, 5);
        assertThat(table.sx(0)).isEqualTo(6);
        assertThat(table.rx(0)).isEqualTo(7);
    }

    @Test
    void a_key_of_a_later_release_is_stepped_over() {
        ServerTable table = read(ROW.replace(" sx 6", " conn_total 9 err -1 sx 6"));
        assertThat(table.conn(0)).isOne();
        assertThat(table.sx(0)).isEqualTo(6);
        assertThat(table.rx(0)).isEqualTo(7);
    }

    @Test
    void a_key_that_stands_twice_is_malformed() {
        assertThat(failure(ROW.replace(" sx 6", " sx 6 sx 6")))
                .isEqualTo(new Failure.Malformed(1, column(" rx 7") + " sx ".length(), "'sx' stands twice"));
    }

    private static int column(String part) {
        return ROW.indexOf(part) + 1;
    }

    @ParameterizedTest
    @ValueSource(strings = {"conn", "max", "hard", "sx", "rx"})
    void a_missing_key_is_malformed_and_named(String key) {
        String row = ROW.replaceFirst(" " + key + " \\d+", "");
        assertThat(failure(row)).isEqualTo(new Failure.Malformed(1, row.length(), "expected '" + key + "'"));
    }

    @Test
    void counters_hold_all_of64_bits_and_no_more() {
        ServerTable table = read(ROW.replace("sx 6", "sx 18446744073709551615"));
        assertThat(Long.toUnsignedString(table.sx(0))).isEqualTo("18446744073709551615");
        assertThat(failure(ROW.replace("sx 6", "sx 18446744073709551616")))
                .isEqualTo(new Failure.Malformed(1, column("6 rx"), "expected a number of 64 bits"));
        assertThat(failure(ROW.replace("sx 6", "sx -6")))
                .isEqualTo(new Failure.Malformed(1, column("6 rx"), "expected a number"));
    }

    @Test
    void limits_may_be_negative_and_have32_bits() {
        ServerTable table = read(ROW.replace("max 2", "max -1").replace("hard 3", "hard -2147483648"));
        assertThat(table.max(0)).isEqualTo(-1);
        assertThat(table.hard(0)).isEqualTo(Integer.MIN_VALUE);
        assertThat(failure(ROW.replace("max 2", "max 2147483648")))
                .isEqualTo(new Failure.Malformed(1, column("2 hard"), "expected a number of 32 bits"));
    }

    @ParameterizedTest
    @CsvSource({"0", "1", "65535"})
    void ports_have16_bits(int port) {
        assertThat(read(ROW.replace("port 80", "port " + port)).port(0)).isEqualTo(port);
    }

    @ParameterizedTest
    @ValueSource(strings = {"65536", "-1", "http", ""})
    void anything_else_is_no_port(String port) {
        assertThat(failure(ROW.replace("port 80", "port " + port))).isInstanceOf(Failure.Malformed.class);
    }

    @Test
    void slots_without_a_server_are_unused() {
        ServerTable table = Replies.read(Command.servers(), Replies.recorded("0.34.1/servers_with_gap_slots"));
        assertThat(table.size()).isEqualTo(6);
        for (int slot = 2; slot < 5; slot++) {
            assertThat(table.unused(slot)).isTrue();
        }
        assertThat(table.unused(1)).isFalse();
        assertThat(table.hostPort(5)).isEqualTo("127.0.0.1:9999");
        assertThat(table.max(5)).isEqualTo(7);
        assertThat(Replies.read(Command.servers(), Replies.recorded("0.34.1/servers_unused_zero"))
                        .unused(0))
                .isTrue();
    }

    @Test
    void a_socket_path_is_its_own_name() {
        ServerTable table = Replies.read(Command.servers(), Replies.recorded("0.34.1/servers_unix_backend"));
        assertThat(table.addr(0)).startsWith("/").isEqualTo(table.hostPort(0));
        assertThat(table.port(0)).isOne();
    }

    @Test
    void a_missing_line_is_a_gap_not_a_shorter_list() {
        String reply = ROW + ROW.replaceFirst("0", "2");
        assertThat(failure(reply)).isEqualTo(new Failure.SlotGap(2, 1, 2));
        assertThat(failure(reply).reason()).isEqualTo(Failure.Reason.TRUNCATED);
        assertThat(failure(ROW.replaceFirst("0", "18446744073709551615")).message())
                .isEqualTo("line 1, column 1: expected slot 0, found 18446744073709551615");
    }

    @Test
    void a_reply_cut_anywhere_is_never_a_whole_list() {
        String reply = ROW + ROW.replaceFirst("0", "1");
        for (int length = 1; length < reply.length(); length++) {
            if (length != ROW.length()) {
                assertThat(failure(reply.substring(0, length)))
                        .as("cut after %d bytes", length)
                        .isEqualTo(
                                new Failure.UnfinishedLine(length < ROW.length() ? 1 : 2, length % ROW.length() + 1));
            }
        }
        assertThat(failure("")).isEqualTo(new Failure.Denied());
    }

    @Test
    void failures_name_line_and_column() {
        assertThat(failure(ROW + ROW.replaceFirst("0", "1").replace("conn 1", "conn x")))
                .isEqualTo(new Failure.Malformed(2, column("1 max"), "expected a number"));
        assertThat(failure(ROW.replace(" addr ", " adr ")))
                .isEqualTo(new Failure.Malformed(1, column(" addr "), "expected ' addr '"));
        assertThat(failure(ROW.replace("10.0.0.1", "")))
                .isEqualTo(new Failure.Malformed(1, column("10.0.0.1"), "expected an address"));
        assertThat(failure(ROW.replace("10.0.0.1", "10.0.\0330.1")))
                .isEqualTo(new Failure.Malformed(1, column("10.0.0.1") + 9, "expected a printable address"));
        assertThat(failure(ROW.replace("rx 7", "rx 7 "))).isInstanceOf(Failure.Malformed.class);
    }
}
