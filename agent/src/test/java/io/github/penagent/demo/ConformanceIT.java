package io.github.penagent.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.penagent.penctl.Answer;
import io.github.penagent.penctl.ClientTable;
import io.github.penagent.penctl.Command;
import io.github.penagent.penctl.Endpoint;
import io.github.penagent.penctl.PenClient;
import io.github.penagent.penctl.ServerTable;
import io.github.penagent.penctl.Transport;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The embedded pen says and does what pen itself does. What it does not model is left out here. */
class ConformanceIT {
    private static final int BACKENDS = 3;
    private static final String CLIENT = "127.0.0.2";
    private static final Duration DEADLINE = Duration.ofSeconds(5);

    private TwoPens pens;

    @BeforeEach
    void start() throws TimeoutException {
        pens = TwoPens.before(BACKENDS);
    }

    @AfterEach
    void stop() throws TimeoutException {
        boolean alive = pens.alive();
        pens.close();
        assertThat(alive).as("the real pen is still alive").isTrue();
    }

    @Test
    void replies_to_penctl_are_the_same() {
        SoftAssertions softly = new SoftAssertions();
        for (String command : Script.COMMANDS) {
            for (String line : List.of(command, "servers", "mode")) {
                softly.assertThat(pens.embedded.penctl(line))
                        .as("%s, after %s", line, command)
                        .isEqualTo(pens.real.penctl(line));
            }
        }
        softly.assertAll();
    }

    @Test
    void replies_to_bytes_that_penctl_cannot_send_are_the_same() throws IOException {
        SoftAssertions softly = new SoftAssertions();
        for (String bytes : Script.BYTES) {
            softly.assertThat(pens.embedded.raw(bytes)).as("%s", bytes).isEqualTo(pens.real.raw(bytes));
        }
        softly.assertAll();
    }

    @Test
    void the_projects_client_reads_the_same() {
        for (String state :
                List.of("roundrobin", "server 1 max 5 hard 9 weight 2 prio -3", "conn_max 900", "blacklist 7")) {
            pens.tell(state);
            pens.both().forEach(pen -> assertThat(pen.servedBy(CLIENT, 100)).startsWith("slot "));
            await().untilAsserted(() -> assertThat(read(pens.embedded)).isEqualTo(read(pens.real)));
        }
        pens.tell("server 5 address 127.0.0.1 port 9999 max 7");
        assertThat(read(pens.embedded)).isEqualTo(read(pens.real));
    }

    private static List<String> read(TwoPens.One pen) {
        try (Transport transport = Transport.create(1)) {
            PenClient client = transport.client(Endpoint.parse(pen.control), DEADLINE);
            List<String> all = new ArrayList<>(List.of(
                    answer(client, Command.mode(), mode -> mode.text()),
                    pen.same(answer(client, Command.pid(), pid -> pid + "")),
                    pen.same(answer(client, Command.listen(), Function.identity())),
                    pen.same(answer(client, Command.control(), Function.identity())),
                    answer(client, Command.blacklist(), seconds -> seconds + ""),
                    answer(client, Command.connMax(), most -> most + ""),
                    answer(client, Command.clientsMax(), most -> most + "")));
            all.add(answer(client, Command.servers(), table -> IntStream.range(0, table.size())
                    .mapToObj(slot -> row(table, slot))
                    .toList()
                    .toString()));
            all.add(answer(client, Command.recent(300, new ClientTable()), table -> IntStream.range(0, table.size())
                    .mapToObj(i -> table.client(i) + " " + table.connects(i) + " " + table.sx(i) + " " + table.rx(i))
                    .toList()
                    .toString()));
            return all;
        }
    }

    private static String row(ServerTable t, int slot) {
        return slot + " " + t.addr(slot) + " " + t.port(slot) + " " + t.conn(slot) + " " + t.max(slot) + " "
                + t.hard(slot) + " " + t.weight(slot) + " " + t.prio(slot) + " " + t.sx(slot) + " " + t.rx(slot);
    }

    private static <T> String answer(PenClient client, Command<T> command, Function<T, String> text) {
        Answer<T> answer = client.ask(command).block(DEADLINE.multipliedBy(2));
        return answer instanceof Answer.Ok<T> ok ? text.apply(ok.value()) : String.valueOf(answer);
    }

    @Test
    void counters_are_the_same_after_the_same_requests() {
        pens.tell("roundrobin");
        for (TwoPens.One pen : pens.both()) {
            for (int i = 0; i < 10; i++) {
                pen.servedBy("127.0.0." + (2 + i % 4), 1_000 * i);
            }
        }
        assertSameTables();
        assertThat(pens.real.penctl("recent").lines()).hasSize(4);
    }

    private void assertSameTables() {
        await().untilAsserted(() -> {
            assertThat(pens.real.penctl("servers")).contains(" conn 0 ").isEqualTo(pens.embedded.penctl("servers"));
            assertThat(pens.embedded.penctl("recent")).isEqualTo(pens.real.penctl("recent"));
        });
    }

    @Test
    void servers_are_chosen_alike_in_every_mode() throws IOException {
        assertServedAlike("without a flag");
        for (String mode : List.of("roundrobin", "stubborn", "prio", "no roundrobin", "no prio", "hash", "no hash")) {
            pens.tell(mode);
            assertServedAlike(mode);
        }
        for (String command : List.of("roundrobin", "weight", "server 0 weight 1", "server 1 weight 3")) {
            pens.tell(command);
        }
        assertThat(pens.embedded.servingTogether(CLIENT, 8)).isEqualTo(pens.real.servingTogether(CLIENT, 8));
        assertSameTables();
        for (String command : List.of("no weight", "server 0 max 1", "server 1 max 1", "server 2 max 1")) {
            pens.tell(command);
        }
        assertThat(pens.embedded.servingTogether(CLIENT, 3)).isEqualTo(pens.real.servingTogether(CLIENT, 3));
    }

    private void assertServedAlike(String setting) {
        for (String client : List.of(CLIENT, "127.0.0.3", "127.0.0.9")) {
            assertThat(pens.embedded.serving(client, 4)).as("%s", setting).isEqualTo(pens.real.serving(client, 4));
        }
    }

    @Test
    void a_blacklisted_server_is_passed_over_alike_until_it_is_lifted() {
        pens.tell("roundrobin");
        pens.tell("server 1 blacklist 300");
        assertThat(pens.embedded.serving(CLIENT, 6))
                .isEqualTo(pens.real.serving(CLIENT, 6))
                .doesNotContain("slot 1");
        pens.tell("server 1 blacklist 0");
        assertThat(pens.embedded.serving(CLIENT, 6))
                .isEqualTo(pens.real.serving(CLIENT, 6))
                .contains("slot 1");
        for (int slot = 0; slot < BACKENDS; slot++) {
            pens.tell("server " + slot + " blacklist 300");
        }
        assertThat(pens.embedded.serving(CLIENT, 2))
                .isEqualTo(pens.real.serving(CLIENT, 2))
                .doesNotContain("slot 0", "slot 1", "slot 2");
        // Relative to the global time: 280 seconds less make it end.
        pens.tell("blacklist 310");
        pens.tell("server 0 blacklist 300");
        pens.tell("blacklist 10");
        assertThat(pens.embedded.serving(CLIENT, 4))
                .isEqualTo(pens.real.serving(CLIENT, 4))
                .contains("slot 0");
    }

    @Test
    void a_client_without_round_robin_stays_where_a_blacklist_sent_it() {
        for (TwoPens.One pen : pens.both()) {
            assertThat(pen.serving(CLIENT, 3)).containsOnly("slot 1");
        }
        pens.tell("server 1 blacklist 300");
        assertThat(pens.embedded.serving(CLIENT, 3))
                .isEqualTo(pens.real.serving(CLIENT, 3))
                .containsOnly("slot 2");
        pens.tell("server 1 blacklist 0");
        assertThat(pens.embedded.serving(CLIENT, 3))
                .isEqualTo(pens.real.serving(CLIENT, 3))
                .containsOnly("slot 2");
    }

    /** Both count whole seconds, so that three of them last two to three. */
    @Test
    void a_blacklisting_ends_by_itself() {
        pens.tell("roundrobin");
        for (TwoPens.One pen : pens.both()) {
            pen.penctl("server 2 blacklist 3");
            await(pen.control)
                    .atLeast(Duration.ofMillis(1_500))
                    .atMost(Duration.ofMillis(4_500))
                    .pollInSameThread()
                    .pollInterval(Duration.ofMillis(50))
                    .until(() -> pen.serving(CLIENT, BACKENDS).contains("slot 2"));
        }
    }

    @Test
    void a_refusing_server_costs_the_client_its_connection_and_nobody_is_blacklisted() {
        pens.backend(1).close();
        for (TwoPens.One pen : pens.both()) {
            assertThat(pen.serving("127.0.0.3", 3)).as("sticky").hasSize(3).containsOnly("no answer");
        }
        pens.tell("roundrobin");
        List<String> served = pens.real.serving(CLIENT, 9);
        assertThat(served).containsOnly("slot 0", "slot 2", "no answer");
        assertThat(pens.embedded.serving(CLIENT, 9)).isEqualTo(served);
        assertSameTables();
    }

    @Test
    void the_time_of_a_blacklist_is_read_alike() {
        pens.tell("roundrobin");
        for (String time :
                List.of("300", "abc", "300x", "-5", "300", "0", "0x10", "4000000000", " 300", "300 surplus")) {
            pens.tell("server 1 blacklist " + time);
            assertThat(pens.embedded.serving(CLIENT, 6)).as("%s", time).isEqualTo(pens.real.serving(CLIENT, 6));
        }
    }

    @Test
    void further_words_of_the_same_line_are_obeyed_alike() {
        pens.tell("roundrobin");
        pens.tell("server 0 blacklist 300 address 127.0.0.1 port "
                + pens.backend(2).port());
        assertThat(pens.real.penctl("servers"))
                .containsPattern("(?m)^0 .* port " + pens.backend(2).port() + " ");
        assertThat(pens.embedded.penctl("servers")).isEqualTo(pens.real.penctl("servers"));
        List<String> served = pens.real.serving(CLIENT, 6);
        assertThat(served).doesNotContain("slot 0").contains("slot 1", "slot 2");
        assertThat(pens.embedded.serving(CLIENT, 6)).isEqualTo(served);
    }

    @Test
    void a_new_address_keeps_the_blacklist_alike() {
        pens.tell("roundrobin");
        pens.tell("server 1 blacklist 300");
        pens.tell("server 1 address 127.0.0.1 port " + pens.backend(0).port());
        List<String> served = pens.real.serving(CLIENT, 6);
        assertThat(served.stream().filter("slot 0"::equals)).hasSize(3);
        assertThat(pens.embedded.serving(CLIENT, 6)).isEqualTo(served);
    }

    @Test
    void a_raised_global_time_revives_what_was_lifted_alike_unless_that_was_long_ago() {
        pens.tell("roundrobin");
        for (int slot = 0; slot < BACKENDS; slot++) {
            pens.tell("server " + slot + " blacklist 300");
            pens.tell("server " + slot + " blacklist " + (slot == 2 ? -1_000_000 : 0));
        }
        assertThat(pens.embedded.serving(CLIENT, 6))
                .isEqualTo(pens.real.serving(CLIENT, 6))
                .contains("slot 0", "slot 1", "slot 2");
        pens.tell("blacklist 3600");
        assertThat(pens.embedded.serving(CLIENT, 6))
                .isEqualTo(pens.real.serving(CLIENT, 6))
                .containsOnly("slot 2");
    }

    @Test
    void a_slot_past_the_end_brings_the_missing_ones_alike_and_each_takes_its_turn() {
        pens.tell("roundrobin");
        pens.tell("server 6 blacklist 300");
        assertThat(pens.real.penctl("servers").lines()).hasSize(7);
        assertThat(pens.embedded.penctl("servers")).isEqualTo(pens.real.penctl("servers"));
        List<String> served = pens.real.serving(CLIENT, 14);
        assertThat(served.stream().filter("slot 0"::equals).count()).isGreaterThan(7);
        assertThat(pens.embedded.serving(CLIENT, 14)).isEqualTo(served);
    }

    @Test
    void a_restart_forgets_blacklists_slots_and_settings_alike() throws TimeoutException {
        for (String command : List.of("roundrobin", "blacklist 60", "server 1 blacklist 300", "server 4 max 1")) {
            pens.tell(command);
        }
        pens.restart();
        assertThat(pens.real.penctl("blacklist")).isEqualTo("30\n");
        for (String line : List.of("servers", "mode", "blacklist", "recent")) {
            assertThat(pens.embedded.penctl(line)).isEqualTo(pens.real.penctl(line));
        }
        assertThat(pens.embedded.serving(CLIENT, 3)).isEqualTo(pens.real.serving(CLIENT, 3));
    }

    /** The hundredth failed connect is the last: pen takes nobody in any more, says nothing of it, and has to be told. */
    @Test
    void a_hundred_failed_connects_hang_both_until_there_is_more_room() {
        pens.backend(1).close();
        for (TwoPens.One pen : pens.both()) {
            assertThat(pen.serving(CLIENT, 99)).containsOnly("no answer");
            assertThat(pen.servedBy("127.0.0.3", 10)).isEqualTo("slot 2");
            assertThat(pen.servedBy(CLIENT, 10)).isEqualTo("no answer");
            pen.penctl("server 1 blacklist 300");
            assertThat(pen.servedBy("127.0.0.3", 10)).as("hung").isEqualTo("no answer");
            assertThat(pen.penctl("servers").lines()).hasSize(BACKENDS);
            pen.penctl("pending_max 200");
            assertThat(pen.servedBy("127.0.0.3", 10)).isEqualTo("slot 2");
        }
    }
}
