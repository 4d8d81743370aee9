package io.github.penagent.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConnectionTest {
    private static final long NOW = 1_795_247_000L;

    private final PenModel pen = new PenModel(1, "c", "l");

    @BeforeEach
    void twoServers() {
        pen.execute("server 0 address 127.0.0.1 port 80", NOW);
        pen.execute("server 1 address 127.0.0.1 port 81", NOW);
    }

    @Test
    void is_counted_from_its_connect_to_its_close() {
        Connection connection = accept();
        assertThat(conn(1)).isZero();
        connection.connected();
        assertThat(conn(1)).isOne();
        connection.closed();
        connection.closed();
        assertThat(conn(1)).isZero();
    }

    @Test
    void that_is_refused_is_closed_without_failover_or_blacklist() {
        Connection connection = accept();
        connection.refused();

        assertThat(pen.blacklisted(1, NOW)).isFalse();
        assertThat(accept().slot()).isEqualTo(1);
    }

    @Test
    void that_is_refused_lets_the_count_drift_low() {
        accept().connected();
        accept().connected();
        accept().refused();

        assertThat(conn(1)).isOne();
    }

    @Test
    void that_is_refused_leaks_a_place_until_nothing_is_accepted_any_more() {
        for (int n = 0; n < 100; n++) {
            assertThat(pen.accepting()).isTrue();
            accept().refused();
        }

        assertThat(pen.accepting()).isFalse();
        pen.execute("pending_max 200", NOW);
        assertThat(pen.accepting()).isTrue();
    }

    @Test
    void that_succeeds_leaks_nothing() {
        for (int n = 0; n < 600; n++) {
            Connection connection = accept();
            connection.connected();
            connection.closed();
        }

        assertThat(pen.accepting()).isTrue();
    }

    @Test
    void is_the_last_one_at_the_limit() {
        pen.execute("pending_max 1000", NOW);
        for (int n = 0; n < 500; n++) {
            assertThat(pen.accepting()).isTrue();
            accept().connected();
        }

        assertThat(pen.accepting()).isFalse();
    }

    @Test
    void that_takes_too_long_goes_to_the_next_server() {
        Connection connection = accept();

        assertThat(connection.failedOver(NOW)).isTrue();
        assertThat(connection.slot()).isZero();
        assertThat(connection.port()).isEqualTo(80);
        assertThat(pen.blacklisted(1, NOW)).isTrue();
        assertThat(connection.failedOver(NOW)).isFalse();
    }

    @Test
    void counts_bytes_on_both_sides() {
        Connection connection = accept();
        connection.connected();
        connection.toServer(22);
        connection.toClient(1_061);

        assertThat(pen.execute("servers", NOW)).endsWith("sx 22 rx 1061\n");
        assertThat(pen.execute("recent", NOW)).isEqualTo("127.0.0.2 connects 1 sx 1061 rx 22\n");
    }

    @Test
    void needs_a_numeric_client() {
        org.assertj.core.api.Assertions.assertThatIllegalArgumentException()
                .isThrownBy(() -> pen.accept("somewhere", 1, NOW));
    }

    private Connection accept() {
        return pen.accept("127.0.0.2", 1, NOW).orElseThrow();
    }

    private int conn(int slot) {
        String row = pen.execute("servers", NOW).split("\n", -1)[slot];
        return Integer.parseInt(row.replaceAll(".* conn (\\d+) .*", "$1"));
    }
}
