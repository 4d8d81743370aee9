package io.github.penagent.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;

class ClientTableTest {
    private static final long NOW = 1_795_247_000L;

    private final Settings settings = new Settings();
    private final Clients clients = new Clients(settings);

    @Test
    void who_connected_longest_ago_leaves_a_full_table() throws UnknownHostException {
        for (int n = 0; n < 2048; n++) {
            accept("127.1." + n / 256 + "." + n % 256, NOW + n);
        }
        accept("127.1.0.0", NOW + 3_000);
        accept("127.9.9.9", NOW + 3_001);

        String all = clients.recent(86_400, NOW + 3_001);
        assertThat(all.lines()).hasSize(2048);
        assertThat(all).startsWith("127.1.0.0 connects 2 sx 0 rx 0\n127.9.9.9 connects 1 sx 0 rx 0\n127.1.0.2 ");
    }

    @Test
    void who_returns_after_leaving_starts_at_zero() throws UnknownHostException {
        Client early = accept("127.1.1.1", NOW);
        early.sent(5);
        early.received(7);
        for (int n = 0; n < 2048; n++) {
            accept("127.2." + n / 256 + "." + n % 256, NOW + 1);
        }
        accept("127.1.1.1", NOW + 2);

        assertThat(clients.recent(0, NOW + 2)).isEqualTo("127.1.1.1 connects 1 sx 0 rx 0\n");
    }

    @Test
    void a_larger_table_keeps_who_is_there() throws UnknownHostException {
        settings.set(Setting.CLIENTS_MAX, 2049);
        for (int n = 0; n < 2049; n++) {
            accept("127.2." + n / 256 + "." + n % 256, NOW);
        }

        assertThat(clients.recent(0, NOW).lines()).hasSize(2049);
    }

    @Test
    void only_the_last_connect_decides_what_is_recent() throws UnknownHostException {
        accept("127.0.0.2", NOW);
        accept("127.0.0.3", NOW + 3);

        assertThat(clients.recent(2, NOW + 3)).isEqualTo("127.0.0.3 connects 1 sx 0 rx 0\n");
        assertThat(clients.recent(3, NOW + 3).lines()).hasSize(2);
        assertThat(clients.recent(-1, NOW + 3)).isEmpty();
    }

    @Test
    void who_was_forgotten_stays_listed_until_somebody_else_connects() throws UnknownHostException {
        settings.set(Setting.TRACKING, 5);
        accept("127.0.0.2", NOW);
        assertThat(clients.recent(300, NOW + 6)).startsWith("127.0.0.2 ");

        accept("127.0.0.3", NOW + 6);

        assertThat(clients.recent(300, NOW + 6)).isEqualTo("127.0.0.3 connects 1 sx 0 rx 0\n");
    }

    @Test
    void looking_back_beyond1970_lists_empty_slots() throws UnknownHostException {
        accept("127.0.0.2", NOW);

        assertThat(clients.recent(Integer.MAX_VALUE, NOW).lines())
                .hasSize(2048)
                .startsWith("127.0.0.2 connects 1 sx 0 rx 0")
                .endsWith("(unknown address family 0 connects 0 sx 0 rx 0");
    }

    @Test
    void clients_with_the_same_first_byte_of_ipv6_are_one() throws UnknownHostException {
        accept("::1", NOW);
        accept("0:1::2", NOW);
        accept("2001::1", NOW);

        assertThat(clients.recent(0, NOW)).isEqualTo("0:1::2 connects 2 sx 0 rx 0\n2001::1 connects 1 sx 0 rx 0\n");
    }

    private Client accept(String address, long nowSeconds) throws UnknownHostException {
        return clients.accepted(InetAddress.getByName(address), nowSeconds);
    }
}
