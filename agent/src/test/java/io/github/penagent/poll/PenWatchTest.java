package io.github.penagent.poll;

import static io.github.penagent.poll.Watched.EVERY_SECOND;
import static io.github.penagent.poll.Watched.NO_CLIENTS;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.penagent.fleet.FailureReason;
import io.github.penagent.fleet.Observation;
import io.github.penagent.fleet.PenState;
import io.github.penagent.fleet.Reading;
import io.github.penagent.fleet.SkipReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PenWatchTest {
    private final Watched pen = new Watched(EVERY_SECOND, NO_CLIENTS);

    @Test
    void a_pen_is_polled_once_an_interval() {
        pen.pass(Duration.ofSeconds(100));

        assertThat(pen.control.times("servers")).isBetween(97L, 103L);
        assertThat(pen.state().tally().polls()).isBetween(97L, 103L);
        assertThat(pen.state().up()).isTrue();
    }

    @Test
    void nothing_is_asked_after_the_end() {
        pen.pass(Duration.ofSeconds(3));
        pen.stop();
        int before = pen.control.asked().size();

        pen.pass(Duration.ofSeconds(30));

        assertThat(pen.control.asked()).hasSize(before);
    }

    @Test
    void a_poll_that_outlasts_the_interval_is_never_overlapped_and_those_missed_are_counted() {
        pen.control.takes(Duration.ofMillis(1900), Duration.ZERO);
        pen.pass(Duration.ofSeconds(60));

        assertThat(pen.skips(SkipReason.OVERLAP)).isPositive();
        assertThat(pen.control.times("servers")).isBetween(15L, 32L);
        assertThat(pen.control.mostOpen()).as("settings are asked in one go").isLessThanOrEqualTo(6);
    }

    @Test
    void another_interval_holds_at_once_however_long_the_old_one_was() {
        Watched slow =
                new Watched(new PollSettings(Duration.ofHours(1), Duration.ofSeconds(2), 0.01), Watched.NO_CLIENTS);
        slow.pass(Duration.ofMinutes(1));
        assertThat(slow.state().tally().polls()).isOne();

        slow.change("127.0.0.1:8888", EVERY_SECOND, NO_CLIENTS);
        slow.pass(Duration.ofSeconds(30));

        assertThat(slow.state().tally().polls()).isBetween(28L, 34L);
        assertThat(slow.skips(SkipReason.OVERLAP)).isZero();
    }

    @Test
    void the_same_settings_again_disturb_nothing() {
        pen.pass(Duration.ofSeconds(10));
        Watched other = new Watched(EVERY_SECOND, NO_CLIENTS);
        other.pass(Duration.ofSeconds(10));
        for (int i = 0; i < 20; i++) {
            pen.change("127.0.0.1:8888", EVERY_SECOND, NO_CLIENTS);
            pen.pass(Duration.ofMillis(100));
            other.pass(Duration.ofMillis(100));
        }

        assertThat(pen.control.asked()).isEqualTo(other.control.asked());
        assertThat(pen.state().tally()).isEqualTo(other.state().tally());
    }

    @Test
    void a_pen_at_another_address_is_asked_at_once_who_it_is() {
        pen.pass(Duration.ofSeconds(3));
        pen.processId = 8;
        pen.change("127.0.0.1:9999", EVERY_SECOND, NO_CLIENTS);
        pen.nextPoll();

        assertThat(pen.state().last().map(Reading::restarts)).hasValue(1L);
    }

    @Test
    void clients_are_no_longer_shown_once_nobody_asks_for_them_and_are_counted_on_afterwards() {
        Watched clients = new Watched(EVERY_SECOND, Watched.CLIENTS);
        clients.recent = "10.0.0.9 connects 5 sx 1 rx 1\n";
        clients.pass(Duration.ofSeconds(40));
        clients.recent = "10.0.0.9 connects 7 sx 1 rx 1\n";
        clients.pass(Duration.ofSeconds(40));
        assertThat(clients.state().last().flatMap(Reading::clients))
                .hasValueSatisfying(c -> assertThat(c.accepted()).isEqualTo(2));

        clients.change("127.0.0.1:8888", EVERY_SECOND, NO_CLIENTS);
        clients.pass(Duration.ofSeconds(5));
        assertThat(clients.state().last().flatMap(Reading::clients)).isEmpty();

        clients.recent = "10.0.0.9 connects 8 sx 1 rx 1\n";
        clients.change("127.0.0.1:8888", EVERY_SECOND, Watched.CLIENTS);
        clients.pass(Duration.ofSeconds(40));
        assertThat(clients.state().last().flatMap(Reading::clients))
                .hasValueSatisfying(c -> assertThat(c.accepted()).isEqualTo(3));
    }

    @Test
    void the_process_id_is_asked_at_first_and_every_ten_seconds() {
        pen.pass(Duration.ofSeconds(1));
        assertThat(pen.control.asked().subList(0, 2)).containsExactly("servers", "pid");

        pen.pass(Duration.ofSeconds(60));

        assertThat(pen.control.times("pid")).isBetween(6L, 8L);
    }

    @Test
    void the_process_id_is_asked_as_soon_as_a_count_falls() {
        pen.pass(Duration.ofSeconds(3));
        long before = pen.control.times("pid");
        pen.servers = Watched.servers(2, 50);
        pen.processId = 8;

        pen.nextPoll();

        assertThat(pen.control.times("pid")).isEqualTo(before + 1);
        assertThat(pen.state().last().map(Reading::restarts)).contains(1L);
    }

    @Test
    void a_pen_that_does_not_tell_its_process_id_is_up_all_the_same() {
        pen.control.replies(command -> command.equals("servers") ? pen.servers : "");

        pen.pass(Duration.ofSeconds(3));

        assertThat(pen.state().up()).isTrue();
        assertThat(pen.state().last().orElseThrow().settings().orElseThrow().connectionsLimit())
                .isEmpty();
    }

    @Test
    void settings_are_asked_at_first_every_minute_and_after_a_restart() {
        pen.pass(Duration.ofSeconds(2));
        assertThat(pen.control.times("mode")).isOne();
        assertThat(pen.state().last().orElseThrow().settings().orElseThrow().mode())
                .startsWith("no hash roundrobin");

        pen.pass(Duration.ofSeconds(61));
        assertThat(pen.control.times("mode")).isEqualTo(2);

        pen.processId = 9;
        pen.pass(Duration.ofSeconds(12));
        assertThat(pen.control.times("mode")).isEqualTo(3);
    }

    @Test
    void a_list_that_shrank_within_one_process_is_a_failure_once_and_then_a_new_pen() {
        pen.servers = Watched.servers(5, 100);
        pen.pass(Duration.ofSeconds(2));
        pen.servers = Watched.servers(3, 100);

        pen.nextPoll();
        assertThat(pen.state().failure().map(Observation.Failed::reason)).contains(FailureReason.TRUNCATED);
        assertThat(pen.state().failure().map(Observation.Failed::message)).contains("listed 3 of 5 slots");

        pen.nextPoll();
        assertThat(pen.state().up()).isTrue();
        assertThat(pen.state().last().orElseThrow().restarts()).isOne();
    }

    @Test
    void a_shorter_list_of_a_new_process_is_simply_a_restart() {
        pen.servers = Watched.servers(5, 100);
        pen.pass(Duration.ofSeconds(2));
        pen.servers = Watched.servers(3, 100);
        pen.processId = 99;

        pen.nextPoll();

        assertThat(pen.state().up()).isTrue();
        assertThat(pen.state().last().orElseThrow().restarts()).isOne();
    }

    @Test
    void after_a_failure_only_the_servers_are_asked_until_they_answer() {
        pen.pass(Duration.ofSeconds(2));
        pen.control.replies(command -> "!");
        int before = pen.control.asked().size();
        pen.pass(Duration.ofSeconds(70));

        List<String> since =
                pen.control.asked().subList(before, pen.control.asked().size());
        assertThat(since).containsOnly("servers").hasSizeBetween(65, 75);
        assertThat(pen.state().failure().map(Observation.Failed::reason)).contains(FailureReason.RESET);
    }

    @Test
    void a_probe_within_the_interval_is_answered_from_what_is_there() {
        pen.pass(Duration.ofMillis(500));
        long before = pen.control.times("servers");
        List<PenState> answers = new ArrayList<>();

        pen.watch.fresh().subscribe(answers::add);
        pen.pass(Duration.ofMillis(1));

        assertThat(answers).containsExactly(pen.state());
        assertThat(pen.control.times("servers")).isEqualTo(before);
    }

    @Test
    void probes_of_an_old_state_share_one_poll() {
        Watched slow = new Watched(new PollSettings(Duration.ofSeconds(1), Duration.ofSeconds(2), 0.0001), NO_CLIENTS);
        slow.pass(Duration.ofMillis(1500));
        long before = slow.control.times("servers");
        slow.control.takes(Duration.ofMillis(100), Duration.ZERO);
        List<PenState> answers = new ArrayList<>();

        slow.watch.fresh().subscribe(answers::add);
        slow.pass(Duration.ofMillis(10));
        slow.watch.fresh().subscribe(answers::add);
        slow.watch.fresh().subscribe(answers::add);
        slow.pass(Duration.ofMillis(500));

        assertThat(answers).hasSize(3).allMatch(state -> state.tally().polls() == before + 1);
        assertThat(slow.control.times("servers")).isEqualTo(before + 1);
    }
}
