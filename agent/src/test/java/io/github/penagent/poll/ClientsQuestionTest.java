package io.github.penagent.poll;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.penagent.fleet.Clients;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClientsQuestionTest {
    private final Watched pen = new Watched(Watched.EVERY_SECOND, Watched.CLIENTS);

    @Test
    void at_first_all_clients_are_asked_for_and_then_only_those_not_seen_yet() {
        pen.recent = "10.0.0.1 connects 5 sx 1 rx 1\n";
        pen.pass(Duration.ofSeconds(70));

        List<String> accepts =
                asked().stream().filter(c -> !c.equals("recent 302")).toList();
        assertThat(asked()).startsWith("recent 86400", "recent 302");
        assertThat(accepts).hasSize(3);
        assertThat(accepts.subList(1, 3))
                .allSatisfy(command -> assertThat(seconds(command)).isBetween(31, 34));
    }

    @Test
    void bytes_of_clients_that_are_shown_move_without_a_new_connection() {
        pen.recent = "10.0.0.1 connects 5 sx 100 rx 1\n";
        pen.pass(Duration.ofSeconds(1));

        answer("10.0.0.1 connects 5 sx 900 rx 7\n10.0.0.2 connects 1 sx 1 rx 1\n", "");
        pen.pass(Duration.ofSeconds(32));

        assertThat(clients().rows()).containsExactly(new Clients.Row("10.0.0.1", 5, 900, 7));
        assertThat(clients().accepted()).isZero();
    }

    @Test
    void an_answer_without_bytes_still_counts_the_accepts() {
        pen.pass(Duration.ofSeconds(1));

        answer("!", "10.0.0.1 connects 5 sx 1 rx 1\n");
        pen.pass(Duration.ofSeconds(32));

        assertThat(clients().accepted()).isEqualTo(5);
    }

    @Test
    void where_no_client_is_shown_only_accepts_are_asked_for() {
        Watched unseen = new Watched(
                Watched.EVERY_SECOND,
                new RecentClientsSettings(true, Duration.ofMinutes(5), Duration.ofSeconds(30), 0));
        unseen.pass(Duration.ofSeconds(70));

        assertThat(unseen.control.asked()).filteredOn("recent 302"::equals).hasSize(1);
    }

    /** To the question for the whole window, and to the one for new accepts. */
    private void answer(String window, String accepts) {
        pen.control.replies(command -> switch (command) {
            case "recent 302" -> window;
            case "servers" -> pen.servers;
            case "pid" -> pen.processId + "\n";
            default -> command.startsWith("recent") ? accepts : "1\n";
        });
    }

    @Test
    void an_answer_that_fails_is_made_up_for_by_the_next() {
        pen.pass(Duration.ofSeconds(1));
        pen.control.replies(command -> command.startsWith("recent") ? "garbage\n" : "1\n");
        pen.control.replies(
                command -> command.startsWith("recent") ? "!" : command.equals("servers") ? pen.servers : "1\n");
        pen.pass(Duration.ofSeconds(32));
        assertThat(asked()).hasSize(3);

        pen.control.replies(command -> command.startsWith("recent")
                ? "10.0.0.1 connects 5 sx 1 rx 1\n"
                : command.equals("servers") ? pen.servers : "1\n");
        pen.pass(Duration.ofSeconds(32));

        assertThat(seconds(asked().get(3))).isGreaterThan(60);
        assertThat(clients().accepted()).isEqualTo(5);
    }

    @Test
    void growth_is_counted_across_readings_and_a_restart_starts_anew() {
        pen.recent = "10.0.0.1 connects 5 sx 1 rx 1\n";
        pen.pass(Duration.ofSeconds(1));
        assertThat(clients().accepted()).isZero();
        assertThat(clients().recent()).isOne();

        pen.recent = "10.0.0.1 connects 8 sx 1 rx 1\n10.0.0.2 connects 2 sx 1 rx 1\n";
        pen.pass(Duration.ofSeconds(32));
        assertThat(clients().accepted()).isEqualTo(5);

        pen.processId++;
        pen.recent = "10.0.0.1 connects 9 sx 1 rx 1\n";
        pen.pass(Duration.ofSeconds(45));
        assertThat(clients().accepted()).isEqualTo(14);
    }

    @Test
    void clients_of_a_dual_stack_listener_are_one_entry_whatever_address_it_shows() {
        pen.recent = "::ffff:10.0.0.1 connects 5 sx 1 rx 1\n";
        pen.pass(Duration.ofSeconds(1));
        pen.recent = "::1 connects 8 sx 1 rx 1\n2001:db8::1 connects 1 sx 1 rx 1\n";
        pen.pass(Duration.ofSeconds(32));

        assertThat(clients().accepted()).isEqualTo(4);
        assertThat(clients().recent()).isEqualTo(2);
    }

    @Test
    void clients_that_share_an_unknown_address_are_one() {
        pen.recent = "\u0001\u00ff connects 5 sx 1 rx 1\n";
        pen.pass(Duration.ofSeconds(1));

        assertThat(clients().rows()).extracting(Clients.Row::address).containsExactly("unknown");
    }

    private Clients clients() {
        return pen.state().last().orElseThrow().clients().orElseThrow();
    }

    private List<String> asked() {
        return pen.control.asked().stream().filter(c -> c.startsWith("recent")).toList();
    }

    private static int seconds(String command) {
        return Integer.parseInt(command.substring("recent ".length()));
    }
}
