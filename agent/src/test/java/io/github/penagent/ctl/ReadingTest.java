package io.github.penagent.ctl;

import static io.github.penagent.ctl.Replies.server;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReadingTest {
    private static final String EVERY_STATE =
            server(0, "10.0.0.1", 80, "conn 3 max 0 hard 0 weight 1 prio 2 sx 18446744073709551615 rx 0")
                    + server(1, "2001:db8::1", 8080, "conn 10 max 10 hard 12 weight 0 prio 0 sx 1023 rx 1024")
                    + server(2, "10.0.0.3", 80, "conn 0 max -1 hard 0 weight 0 prio 0 sx 5 rx 6")
                    + server(3, "(unknown address family 0", 0, "conn 0 max 0 hard 0 weight 0 prio 0 sx 0 rx 0")
                    + server(4, "0.0.0.0", 0, "conn 0 max 0 hard 0 weight 0 prio 0 sx 0 rx 0");

    @Test
    void servers_are_an_aligned_table_with_a_state_each() {
        CtlRun run = CtlRun.of(Replies.healthy().but("servers", EVERY_STATE), "servers");

        assertThat(run.out()).isEqualTo("""
                        SLOT  ADDRESS             STATE    CONN  SOFT  HARD  WEIGHT  PRIO      SENT  RECEIVED
                           0  10.0.0.1:80         serving     3     -     -       1     2  16.0 EiB       0 B
                           1  [2001:db8::1]:8080  full       10    10    12       0     0    1023 B   1.0 KiB
                           2  10.0.0.3:80         drained     0    -1     -       0     0       5 B       6 B
                           3  -                   gap         0     -     -       0     0       0 B       0 B
                        1 unused slot not shown
                        """);
        assertThat(run.code()).isZero();
    }

    @Test
    void servers_as_json_are_exact_and_complete() {
        CtlRun run = CtlRun.of(Replies.healthy().but("servers", EVERY_STATE), "servers", "--json");

        assertThat(run.out())
                .startsWith(
                        "{\"servers\":[{\"slot\":0,\"address\":\"10.0.0.1:80\",\"state\":\"serving\",\"connections\":3,"
                                + "\"soft_limit\":0,\"hard_limit\":0,\"weight\":1,\"priority\":2,"
                                + "\"sent_bytes\":18446744073709551615,\"received_bytes\":0},")
                .contains("{\"slot\":3,\"address\":null,\"state\":\"gap\"", "{\"slot\":4,\"address\":\"0.0.0.0:0\"")
                .endsWith("]}\n");
    }

    @Test
    void recent_lists_clients_with_their_bytes() {
        CtlRun run = CtlRun.of(Replies.healthy(), "recent");

        assertThat(run.out()).isEqualTo("""
                        CLIENT      CONNECTS     SENT  RECEIVED
                        192.0.2.1          7  2.0 KiB     300 B
                        192.0.2.20      1234      0 B       0 B
                        """);
    }

    @Test
    void recent_takes_its_seconds_before_or_after_the_options() {
        assertThat(CtlRun.of(Replies.healthy(), "recent", "60", "--json").out())
                .isEqualTo("{\"seconds\":60,\"clients\":[{\"client\":\"192.0.2.1\",\"connects\":7,\"sent_bytes\":2048,"
                        + "\"received_bytes\":300}]}\n");
        assertThat(CtlRun.of(Replies.healthy().but("recent 0", ""), "--json", "recent", "0")
                        .out())
                .isEqualTo("{\"seconds\":0,\"clients\":[]}\n");
        assertThat(CtlRun.of(Replies.healthy().but("recent 90", ""), "recent", "90")
                        .out())
                .isEqualTo("no client connected in the last 1m30s\n");
    }

    @Test
    void mode_says_what_each_word_means() {
        assertThat(CtlRun.of(Replies.healthy(), "mode").out())
                .startsWith("MODE        SET  MEANING WHEN SET\nhash        no   ")
                .contains("\nroundrobin  yes  in turn");
        assertThat(CtlRun.of(Replies.healthy(), "mode", "--json").out())
                .isEqualTo("{\"hash\":false,\"roundrobin\":true,\"stubborn\":false,\"weight\":false,\"prio\":false}\n");
    }

    @ParameterizedTest
    @CsvSource({
        "pid,4711,pid",
        "listen,0.0.0.0:80,listen",
        "control,/run/pen.ctl,control",
        "blacklist,30,blacklist_seconds",
        "timeout,5,timeout_seconds",
        "tracking,0,tracking_seconds",
        "conn_max,500,conn_max",
        "conn-max,500,conn_max",
        "clients_max,2048,clients_max",
        "client_acl,0,client_acl",
        "control_acl,0,control_acl",
        "debug,0,debug"
    })
    void single_values_are_printed_as_penctl_prints_them(String word, String value, String field) {
        assertThat(CtlRun.of(Replies.healthy(), word).out()).isEqualTo(value + "\n");
        assertThat(CtlRun.of(Replies.healthy(), word, "--json").out())
                .matches("\\{\"" + field + "\":\"?" + value + "\"?}\n");
    }

    @Test
    void a_quoted_command_is_the_same_as_its_words() {
        assertThat(CtlRun.of(Replies.healthy(), "recent 60").asked()).containsExactly("recent 60");
        assertThat(CtlRun.of(Replies.healthy(), "  pid ").out()).isEqualTo("4711\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "server|'server' takes SLOT",
                "server 0 max|something is missing",
                "no acl|something is missing",
                "ssl_cert /x|is for a pen that starts",
                "blacklist soon|'soon' is no whole number",
                "servrs|Unknown command: 'servrs'; did you mean servers",
                "frobnicate|Unknown command: 'frobnicate'",
                "--jsno pid|Unknown option: '--jsno'",
                "pid --jsno|Unknown option: '--jsno'",
                "recent x|Invalid value for positional parameter",
                "recent 86401|recent takes 0 to 86400 seconds",
                "recent -1|recent takes 0 to 86400 seconds",
                "mode x|'mode' takes no arguments",
                "pid --timeout 0|must be at least 1ms",
                "pid --timeout soon|is not a duration",
                "pid --pen-version old|must be a version of pen",
                "top --interval 199ms|between 200ms and 60m",
                "top --count -1|must not be negative"
            })
    void what_is_no_command_here_ends_with_two_and_asks_pen_nothing(String words, String complaint) {
        for (CtlRun run :
                new CtlRun[] {CtlRun.of(Replies.healthy(), words), CtlRun.of(Replies.healthy(), words.split(" "))}) {
            assertThat(run.err()).contains(complaint);
            assertThat(run.code()).isEqualTo(2);
            assertThat(run.asked()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "EMPTY",
            value = {
                "''|pen-agent: 127.0.0.1:8888: pid: denied: empty reply",
                "!|pen-agent: 127.0.0.1:8888: pid: reset: connection reset",
                "12|pen-agent: 127.0.0.1:8888: pid: truncated: ",
                "HTTP/1.1 400|pen-agent: 127.0.0.1:8888: pid: malformed: "
            })
    void a_failure_names_its_kind_on_stderr_and_ends_with_one(String reply, String complaint) {
        CtlRun run = CtlRun.of(Replies.healthy().but("pid", reply), "pid");

        assertThat(run.err()).startsWith(complaint);
        assertThat(run.out()).isEmpty();
        assertThat(run.code()).isEqualTo(1);
    }
}
