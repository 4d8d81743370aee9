package io.github.penagent.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BlacklistTest {
    private static final long NOW = 1_795_247_000L;

    private final PenModel pen = new PenModel(1, "c", "l");

    @BeforeEach
    void twoServersInTurn() {
        pen.execute("server 0 address 127.0.0.1 port 80", NOW);
        pen.execute("server 1 address 127.0.0.1 port 81", NOW);
        pen.execute("roundrobin", NOW);
    }

    @Test
    void lasts_for_the_seconds_asked_for() {
        pen.execute("server 0 blacklist 3", NOW);

        assertThat(pen.blacklisted(0, NOW)).isTrue();
        assertThat(pen.blacklisted(0, NOW + 2)).isTrue();
        assertThat(pen.blacklisted(0, NOW + 3)).isFalse();
        assertThat(pen.blacklisted(1, NOW)).isFalse();
    }

    @Test
    void is_invisible_in_servers() {
        String before = pen.execute("servers", NOW);
        pen.execute("server 0 blacklist 3", NOW);

        assertThat(pen.execute("servers", NOW)).isEqualTo(before);
    }

    @Test
    void ends_at_once_with_zero_or_less() {
        pen.execute("server 0 blacklist 300", NOW);
        pen.execute("server 0 blacklist 0", NOW);
        assertThat(pen.blacklisted(0, NOW)).isFalse();

        pen.execute("server 0 blacklist 300", NOW);
        pen.execute("server 0 blacklist -5", NOW);
        assertThat(pen.blacklisted(0, NOW)).isFalse();
    }

    @Test
    void moves_with_the_global_time() {
        pen.execute("server 0 blacklist 3", NOW);
        pen.execute("blacklist 33", NOW);
        assertThat(pen.blacklisted(0, NOW + 5)).isTrue();
        assertThat(pen.blacklisted(0, NOW + 6)).isFalse();

        pen.execute("server 0 blacklist 10", NOW);
        pen.execute("blacklist 20", NOW);
        assertThat(pen.blacklisted(0, NOW)).isFalse();
    }

    @Test
    void returns_after_zero_when_the_global_time_is_raised() {
        pen.execute("server 0 blacklist 0", NOW);
        pen.execute("blacklist 3600", NOW);

        assertThat(pen.blacklisted(0, NOW + 3569)).isTrue();
        assertThat(pen.blacklisted(0, NOW + 3570)).isFalse();
    }

    @Test
    void wraps_past2038() {
        pen.execute("server 0 blacklist 352000000", NOW);
        assertThat(pen.blacklisted(0, NOW)).isTrue();

        pen.execute("server 0 blacklist 360000000", NOW);
        assertThat(pen.blacklisted(0, NOW)).isFalse();
    }

    @Test
    void is_shortened_by_a_connect_that_fails_meanwhile() {
        Connection pending = pen.accept("127.0.0.2", 1, NOW).orElseThrow();
        pen.execute("server " + pending.slot() + " blacklist 3600", NOW);
        int slot = pending.slot();

        assertThat(pending.failedOver(NOW + 1)).isTrue();

        assertThat(pen.blacklisted(slot, NOW + 30)).isTrue();
        assertThat(pen.blacklisted(slot, NOW + 31)).isFalse();
    }

    @Test
    void survives_a_new_address() {
        pen.execute("server 0 blacklist 60", NOW);
        pen.execute("server 0 address 127.0.0.9 port 99", NOW);

        assertThat(pen.blacklisted(0, NOW + 59)).isTrue();
    }

    @Test
    void of_all_servers_closes_every_client() {
        pen.execute("server 0 blacklist 60", NOW);
        pen.execute("server 1 blacklist 60", NOW);

        assertThat(pen.accept("127.0.0.2", 1, NOW)).isEmpty();
        assertThat(pen.execute("recent", NOW)).isEqualTo("127.0.0.2 connects 1 sx 0 rx 0\n");
    }

    @Test
    void takes_all_servers_out_when_the_global_time_is_absurd() {
        pen.execute("blacklist 2147483647", NOW);

        assertThat(pen.accept("127.0.0.2", 1, NOW)).isEmpty();
    }

    @Test
    void leaves_a_sticky_client_on_the_other_server_for_good() {
        pen.execute("no roundrobin", NOW);
        int home = pen.accept("127.0.0.2", 1, NOW).orElseThrow().slot();
        pen.execute("server " + home + " blacklist 5", NOW);

        int refuge = pen.accept("127.0.0.2", 2, NOW).orElseThrow().slot();

        assertThat(refuge).isNotEqualTo(home);
        assertThat(pen.accept("127.0.0.2", 3, NOW + 60).orElseThrow().slot()).isEqualTo(refuge);
    }

    @Test
    void closes_sticky_clients_of_a_stubborn_pen() {
        pen.execute("no roundrobin", NOW);
        pen.execute("stubborn", NOW);
        int home = pen.accept("127.0.0.2", 1, NOW).orElseThrow().slot();
        pen.execute("server " + home + " blacklist 5", NOW);

        assertThat(pen.accept("127.0.0.2", 2, NOW + 4)).isEmpty();
        assertThat(pen.accept("127.0.0.2", 3, NOW + 5)).isPresent();
    }
}
