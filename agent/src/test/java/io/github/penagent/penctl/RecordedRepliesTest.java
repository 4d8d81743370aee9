package io.github.penagent.penctl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RecordedRepliesTest {
    private static final Map<String, Supplier<Command<?>>> READERS = Map.ofEntries(
            Map.entry("servers", Command::servers),
            Map.entry("recent", () -> Command.recent(300, new ClientTable())),
            Map.entry("mode", Command::mode),
            Map.entry("pid", Command::pid),
            Map.entry("blacklist", Command::blacklist),
            Map.entry("clients_max", Command::clientsMax),
            Map.entry("conn_max", Command::connMax),
            Map.entry("listen", Command::listen),
            Map.entry("control", Command::control),
            Map.entry("status", () -> Questions.STATUS),
            Map.entry("idlers", () -> Questions.IDLERS),
            Map.entry("idle_timeout", () -> Questions.IDLE_TIMEOUT),
            Map.entry("log", () -> Questions.LOG),
            Map.entry("web_stats", () -> Questions.WEB_STATS),
            Map.entry("timeout", Amount.TIMEOUT::question),
            Map.entry("tracking", Amount.TRACKING::question),
            Map.entry("debug", Amount.DEBUG::question),
            Map.entry("client_acl", Amount.CLIENT_ACL::question),
            Map.entry("control_acl", Amount.CONTROL_ACL::question),
            Map.entry("connection_0", () -> Questions.connection(0)),
            Map.entry("socket_8", () -> Questions.socket(8)));

    /** Replies to other commands than their names begin with, and a recording that was cut off. */
    private static final Set<String> ODD =
            Set.of("servers_reply_for_set_blacklist", "recent_2147483647", "status_no_webfile");

    @ParameterizedTest
    @MethodSource("repliesToReadingCommands")
    void every_reply_to_a_reading_command_is_read_by_its_reader(Path file) {
        Command<?> command = command(file);
        assertThat((Object) Replies.read(command, Replies.bytes(file))).isNotNull();
    }

    static Stream<Path> repliesToReadingCommands() {
        return Replies.all().stream().filter(file -> !ODD.contains(name(file)) && READERS.containsKey(word(file)));
    }

    private static Command<?> command(Path file) {
        return Objects.requireNonNull(READERS.get(word(file))).get();
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName()).replace(".txt", "");
    }

    /** The command that a recording answers: its name up to a suffix. */
    private static String word(Path file) {
        String name = name(file);
        return READERS.containsKey(name) ? name : name.replaceFirst("_.*", "");
    }

    @Test
    void every_reader_has_recordings_of_every_version() {
        Map<String, Long> versions = repliesToReadingCommands()
                .filter(file -> READERS.containsKey(name(file)))
                .collect(Collectors.groupingBy(RecordedRepliesTest::name, Collectors.counting()));
        assertThat(versions).containsOnlyKeys(READERS.keySet()).allSatisfy((name, count) -> assertThat(count)
                .isEqualTo(3));
    }

    @Test
    void every_reader_takes_every_recording_as_a_value_or_as_one_failure() {
        for (Path file : Replies.all()) {
            byte[] reply = Replies.bytes(file);
            for (Command<?> command : Replies.commands()) {
                try {
                    assertThat((Object) command.read(reply, reply.length)).isNotNull();
                } catch (UnreadableReply e) {
                    assertThat(e.failure().message()).isNotBlank();
                    assertThat(e.failure().reason()).isNotNull();
                } catch (RuntimeException e) {
                    fail("%s of %s", command, file, e);
                }
            }
        }
    }

    @Test
    void a_recording_that_was_cut_off_is_an_unfinished_line() {
        Failure failure =
                Replies.failure(Command.recent(300, new ClientTable()), Replies.recorded("0.34.1/recent_2147483647"));
        assertThat(failure).isInstanceOf(Failure.UnfinishedLine.class);
        assertThat(failure.reason()).isEqualTo(Failure.Reason.TRUNCATED);
    }

    @Test
    void a_silent_setter_is_a_denial_to_whoever_expects_servers() {
        assertThat(Replies.failure(Command.servers(), Replies.recorded("0.34.1/servers_reply_for_set_blacklist")))
                .isEqualTo(new Failure.Denied());
    }

    @Test
    void the_long_tables_are_whole() {
        ServerTable servers = Replies.read(Command.servers(), Replies.recorded("0.34.1/servers_1000"));
        assertThat(servers.size()).isEqualTo(1000);
        assertThat(servers.hostPort(999)).startsWith("127.").endsWith(":" + servers.port(999));
        ClientTable clients =
                Replies.read(Command.recent(300, new ClientTable()), Replies.recorded("0.34.1/recent_2048"));
        assertThat(clients.size()).isEqualTo(2048);
    }

    @Test
    void modes_of_all_versions_read_the_same() {
        for (String version : List.of("0.27.5", "0.29.0", "0.34.1")) {
            Mode mode = Replies.read(Command.mode(), Replies.recorded(version + "/mode"));
            assertThat(mode.text()).contains("roundrobin").doesNotContain("\n");
            assertThat(mode.stubborn()).isFalse();
        }
    }
}
