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
    void isCountedFromItsConnectToItsClose() {
        Connection connection = accept();
        assertThat(conn(1)).isZero();
        connection.connected();
        assertThat(conn(1)).isOne();
        connection.closed();
        connection.closed();
        assertThat(conn(1)).isZero();
    }

    @Test
    void thatIsRefusedIsClosedWithoutFailoverOrBlacklist() {
        Connection connection = accept();
        connection.refused();

        assertThat(pen.blacklisted(1, NOW)).isFalse();
        assertThat(accept().slot()).isEqualTo(1);
    }

    @Test
    void thatIsRefusedLetsTheCountDriftLow() {
        accept().connected();
        accept().connected();
        accept().refused();

        assertThat(conn(1)).isOne();
    }

    @Test
    void thatIsRefusedLeaksAPlaceUntilNothingIsAcceptedAnyMore() {
        for (int n = 0; n < 100; n++) {
            assertThat(pen.accepting()).isTrue();
            accept().refused();
        }

        assertThat(pen.accepting()).isFalse();
        pen.execute("pending_max 200", NOW);
        assertThat(pen.accepting()).isTrue();
    }

    @Test
    void thatSucceedsLeaksNothing() {
        for (int n = 0; n < 600; n++) {
            Connection connection = accept();
            connection.connected();
            connection.closed();
        }

        assertThat(pen.accepting()).isTrue();
    }

    @Test
    void isTheLastOneAtTheLimit() {
        pen.execute("pending_max 1000", NOW);
        for (int n = 0; n < 500; n++) {
            assertThat(pen.accepting()).isTrue();
            accept().connected();
        }

        assertThat(pen.accepting()).isFalse();
    }

    @Test
    void thatTakesTooLongGoesToTheNextServer() {
        Connection connection = accept();

        assertThat(connection.failedOver(NOW)).isTrue();
        assertThat(connection.slot()).isZero();
        assertThat(connection.port()).isEqualTo(80);
        assertThat(pen.blacklisted(1, NOW)).isTrue();
        assertThat(connection.failedOver(NOW)).isFalse();
    }

    @Test
    void countsBytesOnBothSides() {
        Connection connection = accept();
        connection.connected();
        connection.toServer(22);
        connection.toClient(1_061);

        assertThat(pen.execute("servers", NOW)).endsWith("sx 22 rx 1061\n");
        assertThat(pen.execute("recent", NOW)).isEqualTo("127.0.0.2 connects 1 sx 1061 rx 22\n");
    }

    @Test
    void needsANumericClient() {
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
