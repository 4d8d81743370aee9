package io.github.penagent.penctl;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ClientTableTest {
    private static ClientTable read(String reply) {
        return Replies.read(Command.recent(300, new ClientTable()), reply);
    }

    private static Failure failure(String reply) {
        return Replies.failure(Command.recent(300, new ClientTable()), reply);
    }

    @Test
    void every_field_is_read() {
        ClientTable table = read("::ffff:10.0.0.9 connects 3 sx 12 rx 9223372036854775807\n");
        assertThat(table.size()).isOne();
        assertThat(table.client(0)).isEqualTo("::ffff:10.0.0.9");
        assertThat(table.connects(0)).isEqualTo(3);
        assertThat(table.sx(0)).isEqualTo(12);
        assertThat(table.rx(0)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void ipv6_clients_are_told_apart_by_the_first_byte_alone_as_pen_does() {
        ClientTable table = read("""
                10.0.0.1 connects 1 sx 1 rx 1
                ::1 connects 1 sx 1 rx 1
                ::ffff:10.0.0.1 connects 1 sx 1 rx 1
                ab::1 connects 1 sx 1 rx 1
                2001:db8::1 connects 1 sx 1 rx 1
                20ff::1 connects 1 sx 1 rx 1
                abc::1 connects 1 sx 1 rx 1
                """);
        assertThat(table.identity(0)).isEqualTo("10.0.0.1");
        assertThat(table.identity(1)).isEqualTo(table.identity(2)).isEqualTo(table.identity(3));
        assertThat(table.identity(4)).isEqualTo(table.identity(5)).isNotEqualTo(table.identity(1));
        assertThat(table.identity(6)).isNotEqualTo(table.identity(1)).isNotEqualTo(table.identity(4));
    }

    @Test
    void an_address_with_a_line_end_in_it_is_unknown_if_it_is_the_only_one() {
        ClientTable table = read("\u0001\n\n connects 3 sx 4 rx 5\n");
        assertThat(table.size()).isOne();
        assertThat(table.client(0)).isEqualTo(ClientTable.UNKNOWN);
        assertThat(table.rx(0)).isEqualTo(5);
        assertThat(failure("garbage\n10.0.0.1 connects 1 sx 1 rx 1\n10.0.0.2 connects 1 sx 1 rx 1\n"))
                .isEqualTo(new Failure.Malformed(1, 8, "expected ' connects '"));
        assertThat(failure("garbage\nmore\n")).isEqualTo(new Failure.Malformed(1, 8, "expected ' connects '"));
    }

    @Test
    void no_clients_are_an_answer_too() {
        assertThat(read("").size()).isZero();
    }

    @Test
    void bytes_are_signed_as_pen_prints_them() {
        ClientTable table = read("10.0.0.9 connects 3 sx -1 rx -9223372036854775808\n");
        assertThat(table.sx(0)).isEqualTo(-1);
        assertThat(table.rx(0)).isEqualTo(Long.MIN_VALUE);
        assertThat(failure("10.0.0.9 connects 3 sx 9223372036854775808 rx 0\n"))
                .isEqualTo(new Failure.Malformed(1, 24, "expected a signed number of 64 bits"));
        assertThat(failure("10.0.0.9 connects 3 sx -9223372036854775809 rx 0\n"))
                .isEqualTo(new Failure.Malformed(1, 24, "expected a signed number of 64 bits"));
    }

    @Test
    void empty_slots_are_left_out() {
        ClientTable table = read("""
                10.0.0.1 connects 1 sx 1 rx 1
                (unknown address family 0 connects 0 sx 0 rx 0
                10.0.0.2 connects 2 sx 2 rx 2
                """);
        assertThat(table.size()).isEqualTo(2);
        assertThat(table.client(1)).isEqualTo("10.0.0.2");
    }

    @Test
    void a_client_whose_address_is_no_text_is_unknown() {
        ClientTable table = read("\u0001\u00ff\u0080 connects 1 sx 1 rx 1\n x y connects 1 sx 1 rx 1\n");
        assertThat(table.client(0)).isEqualTo(ClientTable.UNKNOWN);
        assertThat(table.client(1)).isEqualTo(ClientTable.UNKNOWN);
    }

    @Test
    void a_client_without_an_address_is_unknown() {
        ClientTable table = read("10.0.0.9 connects 1 sx 1 rx 1\n");
        Replies.read(Command.recent(300, table), " connects 3 sx 44 rx 5\n");
        assertThat(table.size()).isOne();
        assertThat(table.client(0)).isEqualTo(ClientTable.UNKNOWN);
        assertThat(table.connects(0)).isEqualTo(3);
    }

    @Test
    void a_table_is_overwritten_by_the_next_reply() {
        ClientTable table = new ClientTable();
        Command<ClientTable> recent = Command.recent(300, table);
        Replies.read(recent, "\u0001 connects 1 sx 1 rx 1\n10.0.0.2 connects 2 sx 2 rx 2\n");
        Replies.read(recent, "10.0.0.3 connects 3 sx 3 rx 3\n");
        assertThat(table.size()).isOne();
        assertThat(table.client(0)).isEqualTo("10.0.0.3");
    }

    @Test
    void failures_name_line_and_column() {
        assertThat(failure("10.0.0.1 connects 1 sx 1 rx 1\n10.0.0.2 connects x sx 1 rx 1\n"))
                .isEqualTo(new Failure.Malformed(2, 19, "expected a number"));
        assertThat(failure("10.0.0.1 connects 1 sx 1 rx 1\n10.0.0.2 connects 1"))
                .isEqualTo(new Failure.UnfinishedLine(2, 20));
        assertThat(failure("do_cmd: ignoring command starting with 'recent'\n"))
                .isEqualTo(new Failure.Malformed(1, 48, "expected ' connects '"));
    }
}
