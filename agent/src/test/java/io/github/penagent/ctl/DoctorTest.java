package io.github.penagent.ctl;

import static io.github.penagent.ctl.Replies.server;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DoctorTest {
    private static final String ZEROS = " max 0 hard 0 weight 0 prio 0 sx 0 rx 0";
    private static final String STICKY = "no hash no roundrobin no stubborn no weight no prio\n";

    @Test
    void a_good_pen_has_only_notes_and_ends_with_zero() {
        CtlRun run = CtlRun.of(Replies.healthy(), "doctor");

        assertThat(run.out().lines().filter(line -> !line.startsWith(" ") && !line.isEmpty()))
                .containsExactly(
                        "NOTE  release-unknown",
                        "NOTE  pending-leak",
                        "NOTE  emergency-unseen",
                        "0 serious, 0 warnings, 3 notes");
        assertThat(run.code()).isZero();
    }

    @Test
    void it_asks_only_what_changes_nothing() {
        assertThat(CtlRun.of(Replies.healthy(), "doctor").asked())
                .containsExactly(
                        "pid",
                        "servers",
                        "mode",
                        "pid",
                        "recent 300",
                        "blacklist",
                        "timeout",
                        "tracking",
                        "conn_max",
                        "clients_max",
                        "client_acl",
                        "control_acl",
                        "debug",
                        "control",
                        "pid");
    }

    @Test
    void a_finding_says_what_was_seen_why_it_matters_and_what_to_do() {
        CtlRun run = CtlRun.of(Replies.healthy().but("blacklist", "0\n"), "doctor", "--pen-version", "0.35.0");

        assertThat(run.out()).isEqualTo("""
                        WARNING  blacklist-0
                          seen    blacklist is 0 seconds
                          why     each client tries a failed backend again and waits
                          remedy  send 'blacklist 30'; it moves the end of blacklists that run now

                        NOTE  emergency-unseen
                          seen    an emergency server ('-e') is shown nowhere
                          why     without one pen closes its clients when all backends are blacklisted or full
                          remedy  make sure that pen is started with '-e host:port'

                        0 serious, 1 warning, 1 note
                        """);
    }

    @Test
    void scripts_get_the_same_as_json() {
        CtlRun run = CtlRun.of(Replies.healthy().but("timeout", "0\n"), "doctor", "--json", "--pen-version", "0.35");

        assertThat(run.out())
                .startsWith("{\"serious\":1,\"warnings\":0,\"notes\":1,\"findings\":[{\"severity\":\"serious\","
                        + "\"id\":\"timeout-0\",\"seen\":\"timeout is 0 seconds\",\"why\":\"")
                .endsWith("}]}\n");
        assertThat(run.code()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "blacklist|0|SERIOUS  blacklist-0",
                "timeout|0|SERIOUS  timeout-0",
                "timeout|-1|SERIOUS  timeout-0",
                "conn_max|5|SERIOUS  near-conn-max",
                "clients_max|2|WARNING  client-table-full",
                "debug|2|WARNING  debug-level",
                "mode|no hash no roundrobin no stubborn no weight no prio|WARNING  tracking-for-ever",
                "mode|no hash no roundrobin stubborn no weight no prio|WARNING  stubborn-with-tracking",
                "mode|no hash roundrobin no stubborn weight no prio|SERIOUS  weights-unset",
                "control|0.0.0.0:8888|SERIOUS  control-port-open",
                "control|8888|SERIOUS  control-port-open",
                "control|127.0.0.1:8888|NOTE  shared-access-list",
                "recent 300|2001:db8::7 connects 1 sx 0 rx 0|WARNING  ipv6-clients"
            })
    void one_bad_answer_is_one_finding(String command, String reply, String finding) {
        CtlRun run = CtlRun.of(Replies.healthy().but(command, reply + "\n"), "doctor");

        assertThat(run.out().lines()).contains(finding);
        assertThat(run.code()).isEqualTo(finding.startsWith("SERIOUS") ? 1 : 0);
    }

    @Test
    void a_control_port_with_a_list_of_its_own_is_only_a_warning() {
        Replies replies = Replies.healthy().but("control", "10.0.0.9:8888\n").but("control_acl", "9\n");

        assertThat(heads(replies)).contains("WARNING  control-port-exposed").doesNotContain("NOTE  shared-access-list");
    }

    @Test
    void backends_that_serve_nobody_are_named() {
        assertThat(heads(servers(
                        server(0, "0.0.0.0", 80, "conn 0" + ZEROS) + server(1, "10.0.0.2", 80, "conn 0" + ZEROS))))
                .contains("SERIOUS  slot-0-empty");
        assertThat(heads(servers(server(0, "0.0.0.0", 0, "conn 0" + ZEROS)))).contains("SERIOUS  no-backend");
        assertThat(heads(servers(server(0, "10.0.0.1", 80, "conn 0" + ZEROS)))).contains("WARNING  one-backend");
        assertThat(heads(servers(server(0, "10.0.0.1", 80, "conn 0" + ZEROS)
                        + server(1, "(unknown address family 0", 0, "conn 0" + ZEROS))))
                .contains("WARNING  gap-slots");
        assertThat(heads(servers(server(0, "10.0.0.1", 80, "conn 0 max -1 hard 0 weight 0 prio 0 sx 0 rx 0"))))
                .contains("SERIOUS  all-drained");
    }

    @Test
    void limits_count_as_near_from_four_fifths_on() {
        String other = server(1, "10.0.0.2", 80, "conn 0" + ZEROS);
        assertThat(heads(servers(server(0, "10.0.0.1", 80, "conn 7 max 10 hard 0 weight 0 prio 0 sx 0 rx 0") + other)))
                .doesNotContain("WARNING  near-limit");
        assertThat(heads(servers(server(0, "10.0.0.1", 80, "conn 8 max 10 hard 0 weight 0 prio 0 sx 0 rx 0") + other)))
                .contains("WARNING  near-limit");
        assertThat(heads(servers(server(0, "10.0.0.1", 80, "conn 10 max 0 hard 10 weight 0 prio 0 sx 0 rx 0"))))
                .contains("SERIOUS  all-full");
    }

    @Test
    void two_pens_on_one_port_show_by_their_process_ids() {
        Deque<String> pids = new ArrayDeque<>(List.of("1\n", "1\n", "2\n"));
        Replies rest = Replies.healthy();

        CtlRun run = CtlRun.of(command -> command.equals("pid") ? pids.pop() : rest.apply(command), "doctor");

        assertThat(run.out()).startsWith("SERIOUS  pid-changes\n  seen    process ids [1, 1, 2] in a row\n");
    }

    @ParameterizedTest
    @CsvSource({"0.29.0,false,true", "0.33.0,true,true", "0.34.1,true,true", "0.35.0,false,false"})
    void the_stated_release_decides_what_is_known(String version, boolean noFailover, boolean leak) {
        String out =
                CtlRun.of(Replies.healthy(), "doctor", "--pen-version", version).out();

        assertThat(out).doesNotContain("release-unknown");
        assertThat(out.contains("WARNING  no-failover")).isEqualTo(noFailover);
        assertThat(out.contains("WARNING  pending-leak")).isEqualTo(leak);
    }

    @Test
    void what_an_old_pen_does_not_know_is_left_out() {
        Replies old = Replies.healthy().but("mode", STICKY).but("tracking", "do_cmd: ignoring command\n");

        assertThat(heads(old)).doesNotContain("WARNING  tracking-for-ever");
    }

    private static Replies servers(String reply) {
        return Replies.healthy().but("servers", reply);
    }

    private static List<String> heads(Replies replies) {
        return CtlRun.of(replies, "doctor").out().lines().toList();
    }
}
