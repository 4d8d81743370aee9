package io.github.penagent.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
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

    @Test
    void an_own_connection_counts_nowhere() {
        ledger.closeBaseline(Set.of(), 0);
        ledger.ownConnection();
        seen("agent", 1, 1, 1, 30);

        assertThat(ledger.read(30, 100)).isEqualTo(new Clients(0, 0, List.of(), 0, 1));
    }

    @Test
    void others_from_the_same_address_count_all_the_same() {
        ledger.closeBaseline(Set.of(), 0);
        ledger.ownConnection();
        seen("agent", 3, 1, 1, 30);

        assertThat(ledger.read(30, 100).accepted()).isEqualTo(2);
        assertThat(ledger.read(30, 100).recent()).isOne();
    }

    @Test
    void an_own_connection_does_not_make_a_client_of_the_same_address_recent_again() {
        ledger.closeBaseline(Set.of(), 0);
        seen("shared", 1, 0, 0, 10);
        assertThat(ledger.read(10, 100).recent()).isOne();
        ledger.ownConnection();
        seen("shared", 2, 0, 0, WINDOW);

        assertThat(ledger.read(10 + WINDOW, 100).recent()).isOne();
        assertThat(ledger.read(11 + WINDOW, 100).recent()).isZero();
        assertThat(ledger.read(11 + WINDOW, 100).accepted()).isOne();
    }

    @Test
    void an_own_connection_takes_no_other_client_away() {
        ledger.closeBaseline(Set.of(), 0);
        ledger.ownConnection();
        seen("busy", 5, 0, 0, 30);
        seen("agent", 1, 0, 0, 30);

        Clients clients = ledger.read(30, 100);
        assertThat(clients.accepted()).isEqualTo(5);
        assertThat(clients.recent()).isOne();
        assertThat(clients.rows()).extracting(Clients.Row::address).containsExactly("busy");
    }

    @Test
    void once_seen_alone_the_agents_address_is_known() {
        ledger.closeBaseline(Set.of(), 0);
        ledger.ownConnection();
        seen("agent", 1, 0, 0, 10);
        ledger.read(10, 100);
        ledger.ownConnection();
        ledger.ownConnection();
        seen("other", 1, 0, 0, 20);
        seen("agent", 3, 0, 0, 20);

        Clients clients = ledger.read(20, 100);
        assertThat(clients.accepted()).isOne();
        assertThat(clients.rows()).extracting(Clients.Row::address).containsExactly("other");
    }

    @Test
    void an_own_connection_that_is_read_late_is_taken_out_then() {
        ledger.closeBaseline(Set.of(), 0);
        ledger.ownConnection();
        assertThat(ledger.read(10, 100).accepted()).isZero();
        seen("agent", 1, 0, 0, 20);

        assertThat(ledger.read(20, 100).accepted()).isZero();
        seen("agent", 2, 0, 0, 30);
        assertThat(ledger.read(30, 100).accepted()).as("it was taken out once").isOne();
    }

    @Test
    void own_connections_of_the_baseline_are_not_taken_out_of_what_follows() {
        ledger.ownConnection();
        seen("agent", 1, 0, 0, 0);
        ledger.closeBaseline(Set.of("agent"), 0);
        assertThat(ledger.read(0, 100).recent()).isZero();
        seen("agent", 2, 0, 0, 10);

        assertThat(ledger.read(10, 100).accepted()).isOne();
        assertThat(ledger.read(10, 100).recent()).isOne();
    }

    @Test
    void a_restarted_pen_has_forgotten_own_connections_too() {
        ledger.closeBaseline(Set.of(), 0);
        ledger.ownConnection();
        ledger.penRestarted();
        seen("a", 1, 0, 0, 30);

        assertThat(ledger.read(30, 100).accepted()).isOne();
        assertThat(ledger.read(30, 100).recent()).isOne();
    }

    private void seen(String client, int connections, long sent, long received, long nanos) {
        ledger.seen(client, client, connections, sent, received, nanos);
    }
}
