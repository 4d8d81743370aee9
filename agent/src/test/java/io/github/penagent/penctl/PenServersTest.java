package io.github.penagent.penctl;

import static io.github.penagent.penctl.ScriptedTable.outcome;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What is sent, what is refused, and what is never said to be done. */
class PenServersTest {
    private final ScriptedTable table =
            ScriptedTable.with("127.0.0.1 8001", "127.0.0.1 8002", "0.0.0.0 0", "(unknown address family 0");

    private static void assertRefused(Mono<Outcome> call, String... words) {
        assertOutcome(Outcome.Refused.class, call, words);
    }

    private static void assertNotConfirmed(Mono<Outcome> call, String... words) {
        assertOutcome(Outcome.NotConfirmed.class, call, words);
    }

    private static void assertConfirmed(Mono<Outcome> call, String... words) {
        assertOutcome(Outcome.Confirmed.class, call, words);
    }

    private static void assertOutcome(Class<? extends Outcome> kind, Mono<Outcome> call, String... words) {
        Outcome outcome = outcome(call);
        assertThat(outcome).isInstanceOf(kind);
        for (String word : words) {
            assertThat(outcome.message()).contains(word);
        }
    }

    @Test
    void a_new_server_takes_the_first_free_slot_address_first_and_nothing_of_its_forerunner() {
        assertConfirmed(table.servers().add("127.0.0.1:8003"), "slot 2: 127.0.0.1:8003");
        assertConfirmed(table.servers().add("[::0001]:8003", new Limits(5, 9, 2, -1)), "slot 3: [::1]:8003 max 5");
        assertThat(table.sent())
                .containsExactly(
                        "server 2 address 127.0.0.1 port 8003 max 0 hard 0 weight 0 prio 0 acl 0 blacklist 0",
                        "server 3 address ::1 port 8003 max 5 hard 9 weight 2 prio -1 acl 0 blacklist 0");
    }

    @Test
    void a_full_table_grows_by_one_slot_only_if_that_is_accepted() {
        ScriptedTable full = ScriptedTable.with("127.0.0.1 8001");
        assertRefused(full.servers().add("127.0.0.1:8002"), "none of the 1 slots is free", "GROWS_SERVER_TABLE");
        Pen bold = full.pen().accepting(Danger.GROWS_SERVER_TABLE);
        assertConfirmed(bold.servers().add("127.0.0.1:8002"), "slot 1", "grown");
        assertThat(full.sent()).containsExactly("server 1 address 127.0.0.1 port 8002 max 0 hard 0 weight 0 prio 0");
        Pen unknown = full.pen(PenVersion.UNKNOWN).accepting(Danger.GROWS_SERVER_TABLE);
        assertRefused(unknown.servers().add("127.0.0.1:8003"), "unknown");
        assertThat(full.sent()).hasSize(1);
    }

    @Test
    void what_is_there_cannot_be_added_and_what_is_not_cannot_be_changed() {
        PenServers servers = table.servers();
        assertRefused(servers.add("127.0.0.1:8002"), "already, in slot 1");
        assertRefused(servers.at(0).address("127.0.0.1:8002"), "already, in slot 1");
        assertRefused(servers.at(0).port(8002), "already, in slot 1");
        assertRefused(servers.remove("127.0.0.1:9"), "not among the servers");
        assertRefused(servers.remove(2), "no server in slot 2");
        assertRefused(servers.remove(3), "no server in slot 3");
        assertRefused(servers.at(4).max(1), "no slot 4");
        assertRefused(servers.at(-1).max(1), "no slot -1");
        assertRefused(servers.at(Integer.MAX_VALUE).drain(), "no slot");
        assertThat(table.sent()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "a b:1",
                "127.0.0.1",
                "127.0.0.1:0",
                "127.0.0.1:65536",
                "127.0.0.1:-1",
                "127.0.0.1:http",
                "127.0.0.1:80\nexit",
                "127.0.0.1:80 max 5",
                "1.2:80",
                "0x7f000001:80",
                "127.1:80",
                "0.0.0.0:80",
                "[::]:80",
                "::1:80",
                "[::1%lo]:80",
                "[127.0.0.1]:80",
                "255.255.255.255:80",
                "224.0.0.1:80",
                "/",
                "/tmp/a b",
                "/tmp/a#b",
                "/tmp/ä",
                "host..name:80",
                "-host:80",
                "127.0.0.1:99999999999",
                "127.0.0.1:80\u0000"
            })
    void what_is_no_address_is_refused_unsent(String address) {
        PenServers servers = table.servers();
        assertRefused(servers.add(address), "not an address");
        assertRefused(servers.at(0).address(address), "not an address");
        assertRefused(servers.remove(address), "not an address");
        assertThat(table.sent()).isEmpty();
    }

    @Test
    void numbers_out_of_range_are_refused_before_pen_is_asked_anything() {
        OneServer server = table.servers().at(0);
        assertRefused(server.max(-2), "max takes -1 to 1000000000");
        assertRefused(server.max(Integer.MIN_VALUE), "max");
        assertRefused(server.hard(-1), "hard");
        assertRefused(server.weight(-1), "weight");
        assertRefused(server.prio(1_000_001), "prio");
        assertRefused(server.acl(10), "acl takes -1 to 9");
        assertRefused(server.undrain(-1, 0), "limits");
        for (Duration time : List.of(
                Duration.ZERO,
                Duration.ofSeconds(1),
                Duration.ofSeconds(-5),
                Duration.ofMillis(2_500),
                Duration.ofSeconds(300_000_001),
                Duration.ofSeconds(Long.MAX_VALUE))) {
            assertRefused(server.blacklist(time), "2 to 300000000");
        }
        assertRefused(server.set(ServerChange.none()), "nothing");
        assertThat(table.control().asked()).isEmpty();
    }

    @Test
    void ports_out_of_range_are_refused() {
        assertRefused(table.servers().at(0).port(0), "between 1 and 65535");
        assertRefused(table.servers().at(0).port(65_536), "between 1 and 65535");
        assertThat(table.sent()).isEmpty();
    }

    @Test
    void a_blacklist_ends_within_the_seconds_that_pen_can_count() {
        InstantSource late = InstantSource.fixed(Instant.ofEpochSecond(Integer.MAX_VALUE - 86_400L - 1_000));
        Desk desk = new Desk(table.control(), PenVersion.V0_34, EnumSet.noneOf(Danger.class));
        OneServer server = new PenServers(desk, new Drains(), late).at(0);
        assertRefused(server.blacklist(Duration.ofSeconds(1_001)), "2 to 1000");
        assertNotConfirmed(server.blacklist(Duration.ofSeconds(1_000)), "does not show");
    }

    @Test
    void what_the_list_does_not_show_is_sent_once_and_not_confirmed() {
        OneServer server = table.servers().at("127.0.0.1:8002");
        assertNotConfirmed(server.blacklist(Duration.ofSeconds(30)), "blacklists");
        assertNotConfirmed(server.whitelist(), "blacklists");
        assertNotConfirmed(server.acl(3), "access lists");
        assertNotConfirmed(server.set(ServerChange.none().max(4).acl(-1)), "access lists");
        assertThat(table.sent())
                .containsExactly(
                        "server 1 blacklist 30", "server 1 blacklist 0", "server 1 acl 3", "server 1 max 4 acl -1");
    }

    @Test
    void versions_that_would_end_over_it_are_not_sent_it() {
        for (PenVersion old : List.of(PenVersion.UNKNOWN, PenVersion.V0_21)) {
            PenServers servers = table.pen(old).servers();
            assertRefused(servers.add("[::1]:80"), "IPv6", old.toString());
            assertRefused(servers.at(0).address("[::1]:80"), "IPv6");
            assertRefused(servers.add("/run/backend"), "socket", old.toString());
            assertRefused(servers.at(0).acl(-1), "0.27");
        }
        assertThat(table.sent()).isEmpty();
        assertConfirmed(table.servers().at(0).address("/run/backend"), "/run/backend");
        assertRefused(table.servers().at(0).port(80), "socket path");
        assertConfirmed(
                table.pen(PenVersion.UNKNOWN).servers().at("/run/backend").max(3), "max 3");
    }

    @Test
    void host_names_are_looked_up_here_and_their_numbers_sent() {
        Control resolving = new Control() {
            @Override
            public <T> Mono<Answer<T>> ask(Command<T> command) {
                return table.control().ask(command);
            }

            @Override
            public Mono<InetAddress> address(String host) {
                return Mono.fromCallable(
                        () -> InetAddress.getByAddress(host, new byte[] {10, 0, 0, (byte) host.length()}));
            }
        };
        PenServers servers = Pen.over(resolving, PenVersion.V0_34).servers();
        assertConfirmed(servers.add("web.example:80"), "10.0.0.11:80");
        assertRefused(servers.add("web.example:80"), "already");
        assertConfirmed(servers.remove("web.example:80"), "unused");
        assertRefused(table.servers().add("web.example:80"), "no usable address");
    }

    @Test
    void limits_taken_by_a_drain_are_given_back() {
        Pen pen = table.pen();
        assertConfirmed(pen.servers().at(0).set(ServerChange.none().max(7).hard(9)), "max 7 hard 9");
        assertConfirmed(pen.servers().at(0).drain(), "max -1 hard 0", "it had max 7 hard 9");
        assertConfirmed(pen.servers().at(0).drain(), "nothing to do");
        assertThat(pen.servers().drained()).containsExactly(new Drained(100, 0, "127.0.0.1:8001", 7, 9));
        assertConfirmed(pen.servers().at(0).port(8009));
        assertConfirmed(
                pen.accepting(Danger.LOCKS_OUT).servers().at("127.0.0.1:8009").undrain(), "max 7 hard 9");
        assertThat(pen.servers().drained()).isEmpty();
        assertRefused(pen.servers().at(0).undrain(), "not drained");
    }

    @Test
    void a_drain_of_somebody_else_or_of_an_earlier_run_is_undone_only_with_limits() {
        table.obey("server 1 max -1 hard 0");
        assertRefused(table.servers().at(1).undrain(), "not known here");
        assertConfirmed(table.servers().at(1).undrain(0, 4), "max 0 hard 4");
        assertRefused(table.servers().at(1).undrain(0, 4), "not drained");
        Pen pen = table.pen();
        assertConfirmed(pen.servers().at(1).drain());
        table.restart(200);
        assertRefused(pen.servers().at(1).undrain(), "not known here");
    }

    @Test
    void slot_zero_is_not_taken_from_a_stubborn_pen() {
        assertConfirmed(table.servers().remove(0), "slot 0: unused", "rotation");
        assertConfirmed(table.servers().add("127.0.0.1:8001"), "slot 0");
        table.mode = "no hash roundrobin stubborn no weight no prio\n";
        assertRefused(table.servers().remove("127.0.0.1:8001"), "stubborn");
        assertConfirmed(table.servers().remove(1), "slot 1: unused");
        // Port 80 keeps slot 0 in use, and no other.
        table.obey("server 0 address 0.0.0.0 port 80");
        table.obey("server 1 address 0.0.0.0 port 80");
        assertConfirmed(table.servers().add("127.0.0.1:8001"), "slot 1");
    }

    @Test
    void slots_that_others_filled_with_what_is_refused_here_are_read_and_emptied_all_the_same() {
        ScriptedTable odd =
                ScriptedTable.with("0.0.0.0 80", "224.0.0.1 5", "255.255.255.255 5", ":: 80", "127.0.0.1 0");
        for (int slot = 0; slot < 4; slot++) {
            assertRefused(odd.servers().at(slot).port(81), "not an address");
        }
        assertConfirmed(odd.servers().at(4).port(81), "127.0.0.1:81");
        for (int slot = 0; slot < 5; slot++) {
            assertConfirmed(odd.servers().remove(slot), "unused");
        }
    }

    @Test
    void one_address_in_two_slots_has_to_be_named_by_slot() {
        table.obey("server 1 port 8001");
        assertRefused(table.servers().remove("127.0.0.1:8001"), "slots (0, 1)");
        assertConfirmed(table.servers().remove(1));
        assertConfirmed(table.servers().at("127.0.0.1:8001").max(1));
    }

    @Test
    void an_unreadable_pen_is_sent_nothing() {
        IntStream.range(0, 5).forEach(i -> table.then("pid", "!"));
        assertRefused(table.servers().add("127.0.0.1:8003"), "nothing was sent", "reset");
        table.then("servers", "");
        assertRefused(table.servers().add("127.0.0.1:8003"), "denied");
        assertThat(table.sent()).isEmpty();
    }

    @Test
    void a_lost_answer_is_asked_for_again_only_after_another_look() {
        table.then("server ", "!").then("server ", command -> {
            table.obey(command);
            return "!";
        });
        assertConfirmed(table.servers().at(0).max(5), "max 5");
        assertThat(table.control().asked())
                .containsExactly(
                        "pid",
                        "servers",
                        "server 0 max 5",
                        "servers",
                        "pid",
                        "servers",
                        "pid",
                        "server 0 max 5",
                        "servers",
                        "pid");
    }

    @Test
    void a_write_without_effect_is_not_confirmed_after_five_tries() {
        IntStream.range(0, 5).forEach(i -> table.then("server ", ""));
        assertNotConfirmed(table.servers().at(0).max(5), "5 times", "no effect");
        assertThat(table.sent()).hasSize(5);
    }

    @Test
    void a_pen_that_cannot_be_read_after_the_write_is_not_confirmed_and_sent_nothing_more() {
        table.then("servers", c -> table.obey(c)).then("servers", "");
        assertNotConfirmed(table.servers().at(0).max(5), "could not be read afterwards", "denied");
        assertThat(table.sent()).hasSize(1);
    }

    @Test
    void a_pen_restarted_meanwhile_is_not_confirmed_even_if_it_shows_the_change() {
        table.then("server ", command -> {
            table.restart(200);
            return table.obey(command);
        });
        assertNotConfirmed(table.servers().at(0).max(5), "restarted", "pid 100, now 200");
        table.then("server ", command -> {
            table.counted(1, 0);
            return table.obey(command);
        });
        assertNotConfirmed(table.servers().at(0).max(6), "restarted", "pid 200, now 200");
    }

    @Test
    void what_somebody_else_changed_meanwhile_is_told_and_left_alone() {
        Function<String, String> readdressed = command -> {
            table.obey(command);
            return table.obey("server 0 address 127.0.0.9 port 99");
        };
        table.then("server ", readdressed);
        assertNotConfirmed(table.servers().at(0).max(5), "somebody else", "127.0.0.9:99 max 5");
        table.then("server ", readdressed);
        assertNotConfirmed(table.servers().at(0).blacklist(Duration.ofSeconds(5)), "does not show");
        assertThat(table.sent()).hasSize(2);
        assertNotConfirmed(
                table.then("server ", c -> table.obey(c + " address 127.0.0.1 port 7"))
                        .servers()
                        .at(0)
                        .whitelist(),
                "somebody else");
    }

    @Test
    void calls_at_the_same_time_do_not_mix() {
        Pen pen = table.pen().accepting(Danger.GROWS_SERVER_TABLE);
        List<Outcome> outcomes = Objects.requireNonNull(Flux.range(0, 40)
                .flatMap(i -> pen.accepting(Danger.LOCKS_OUT).servers().add("127.0.0.1:" + (9_000 + i / 2)), 40)
                .collectList()
                .block(Duration.ofSeconds(30)));
        assertThat(outcomes).filteredOn(Outcome::confirmed).hasSize(20);
        assertThat(outcomes).filteredOn(Outcome.Refused.class::isInstance).hasSize(20);
        assertThat(table.control().mostOpen()).isOne();
        assertThat(table.sent()).hasSize(20);
    }
}
