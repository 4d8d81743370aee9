package io.github.penagent.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class ClientLedgerTest {
    private static final long WINDOW = 300;

    private final ClientLedger ledger = new ClientLedger(WINDOW, 2);

    @Test
    void the_baseline_counts_nothing() {
        seen("a", 500, 1, 1, 0);
        ledger.closeBaseline(Set.of("a"), 0);

        assertThat(ledger.read(0, 100).accepted()).isZero();
    }

    @Test
    void a_known_client_counts_by_growth_and_a_new_one_in_full() {
        seen("a", 500, 1, 1, 0);
        ledger.closeBaseline(Set.of(), 0);
        seen("a", 503, 2, 2, 30);
        seen("b", 4, 2, 2, 30);

        assertThat(ledger.read(30, 100).accepted()).isEqualTo(7);
    }

    @Test
    void a_client_listed_twice_without_a_new_connection_counts_once() {
        ledger.closeBaseline(Set.of(), 0);
        seen("a", 3, 1, 1, 30);
        seen("a", 3, 9, 9, 31);

        assertThat(ledger.read(31, 100).accepted()).isEqualTo(3);
    }

    @Test
    void a_client_that_pen_evicted_in_between_counts_in_full() {
        seen("a", 500, 1, 1, 0);
        ledger.closeBaseline(Set.of("a"), 0);
        seen("a", 2, 1, 1, 30);

        assertThat(ledger.read(30, 100).accepted()).isEqualTo(2);
    }

    @Test
    void after_a_restart_everything_counts() {
        seen("a", 500, 1, 1, 0);
        ledger.closeBaseline(Set.of("a"), 0);
        ledger.penRestarted();
        seen("a", 600, 1, 1, 30);

        assertThat(ledger.read(30, 100).accepted()).isEqualTo(600);
    }

    @Test
    void a_client_that_left_the_window_is_not_forgotten_while_pen_remembers_it() {
        seen("a", 500, 1, 1, 0);
        ledger.closeBaseline(Set.of("a"), 0);
        assertThat(ledger.read(10_000, 100).recent()).isZero();

        seen("a", 501, 1, 1, 10_000);

        assertThat(ledger.read(10_000, 100).accepted()).isOne();
        assertThat(ledger.read(10_000, 100).recent()).isOne();
    }

    @Test
    void the_ledger_evicts_the_clients_that_connected_longest_ago_as_pen_does() {
        ledger.closeBaseline(Set.of(), 0);
        seen("a", 1, 0, 0, 1);
        seen("b", 1, 0, 0, 2);
        seen("a", 2, 0, 0, 3);
        seen("c", 1, 0, 0, 4);
        assertThat(ledger.read(4, 2).accepted()).isEqualTo(4);

        seen("a", 3, 0, 0, 5);
        assertThat(ledger.read(5, 2).accepted()).as("a was kept").isEqualTo(5);
        seen("b", 1, 0, 0, 6);
        assertThat(ledger.read(6, 2).accepted()).as("b was evicted").isEqualTo(6);
    }

    @Test
    void only_clients_of_the_window_are_recent() {
        seen("old", 5, 0, 0, 1000);
        seen("young", 5, 0, 0, 1000);
        ledger.closeBaseline(Set.of("young"), 1000);

        assertThat(ledger.read(1000, 100).recent()).isOne();
        assertThat(ledger.read(1000 + WINDOW, 100).recent()).isOne();
        assertThat(ledger.read(1001 + WINDOW, 100).recent()).isZero();
    }

    @Test
    void clients_that_pen_takes_for_one_are_counted_as_one_and_shown_by_the_newest_address() {
        ledger.seen("IPv6 ", "::ffff:10.0.0.1", 5, 0, 0, 0);
        ledger.closeBaseline(Set.of("IPv6 "), 0);
        ledger.seen("IPv6 ", "::1", 7, 0, 0, 30);

        assertThat(ledger.read(30, 100).accepted()).isEqualTo(2);
        assertThat(ledger.read(30, 100).rows()).extracting(Clients.Row::address).containsExactly("::1");
    }

    @Test
    void the_clients_with_most_connections_are_shown_and_the_rest_is_counted() {
        ledger.closeBaseline(Set.of(), 0);
        seen("a", 3, 30, 31, 1);
        seen("b", 9, 90, 91, 1);
        seen("c", 5, 50, 51, 1);

        Clients clients = ledger.read(1, 100);

        assertThat(clients.rows()).containsExactly(new Clients.Row("b", 9, 90, 91), new Clients.Row("c", 5, 50, 51));
        assertThat(clients.dropped()).isOne();
        assertThat(clients.recent()).isEqualTo(3);
    }

    private void seen(String client, int connections, long sent, long received, long nanos) {
        ledger.seen(client, client, connections, sent, received, nanos);
    }
}
