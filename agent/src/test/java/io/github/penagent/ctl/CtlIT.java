package io.github.penagent.ctl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.penagent.peers.FakePen;
import io.github.penagent.peers.PenScript;
import io.github.penagent.peers.Ports;
import io.github.penagent.peers.RealPen;
import io.github.penagent.peers.Run;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The jar as users run it, against real pens. */
class CtlIT {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String LOOPBACK = "127.0.0.1";

    @Test
    void reads_what_penctl_reads() {
        String backend = LOOPBACK + ":" + Ports.free(LOOPBACK);
        try (RealPen pen = RealPen.with()
                .backend(backend + ":5:9")
                .backend(backend)
                .options("-r", "-b", "17")
                .start()) {
            Run servers = ctl(pen, "servers");
            assertThat(servers.exit()).isZero();
            assertThat(servers.lines()).hasSize(3);
            assertThat(servers.lines().get(0)).startsWith("SLOT  ADDRESS").doesNotContain("\u001b");
            assertThat(servers.lines().get(1)).matches(" +0  " + backend + "  serving +0 +5 +9 +0 +0 +0 B +0 B");
            assertThat(ctl(pen, "servers", "--json").output())
                    .startsWith("{\"servers\":[{\"slot\":0,\"address\":\"" + backend + "\",\"state\":\"serving\"");
            assertThat(ctl(pen, "recent 60").output()).isEqualTo("no client connected in the last 1m\n");
            assertThat(ctl(pen, "recent", "--json").output()).isEqualTo("{\"seconds\":300,\"clients\":[]}\n");
            assertThat(ctl(pen, "mode", "--json").output()).contains("\"roundrobin\":true");
            for (String word : List.of("pid", "listen", "control", "blacklist", "timeout", "tracking", "conn_max")) {
                assertThat(ctl(pen, word)).as(word).isEqualTo(pen.penctl(word));
            }
            assertThat(ctl(pen, "blacklist", "--json").output()).isEqualTo("{\"blacklist_seconds\":17}\n");
            assertThat(ctl(pen, "blacklist 99").exit()).isEqualTo(1);
            assertThat(pen.penctl("blacklist").output()).isEqualTo("17\n");
        }
    }

    @Test
    void top_prints_snapshots_where_there_is_no_terminal() {
        try (RealPen pen = RealPen.with()
                .backend(LOOPBACK + ":" + Ports.free(LOOPBACK))
                .controlOnSocket()
                .start()) {
            Run top = ctl(pen, "top", "--count", "2", "--interval", "200ms");
            assertThat(top.exit()).isZero();
            assertThat(top.lines().stream().filter(line -> line.startsWith("pen " + pen.controlEndpoint())))
                    .hasSize(2)
                    .allMatch(line -> line.contains("  pid " + pen.pid() + "  listens on " + pen.listen()));
            assertThat(top.output()).contains("0 B/s").doesNotContain("\u001b");
        }
    }

    @Test
    void doctor_finds_little_on_a_pen_that_runs_well() {
        try (RealPen pen = RealPen.with()
                .backend(LOOPBACK + ":" + Ports.free(LOOPBACK))
                .backend(LOOPBACK + ":" + Ports.free(LOOPBACK))
                .options("-r", "-O", "poll", "-e", LOOPBACK + ":" + Ports.free(LOOPBACK))
                .controlOnSocket()
                .start()) {
            Run doctor = ctl(pen, "doctor");
            assertThat(doctor.exit()).isZero();
            assertThat(doctor.lines()).endsWith("0 serious, 0 warnings, 3 notes");
        }
    }

    @Test
    void doctor_names_everything_on_a_pen_that_runs_badly() {
        try (RealPen pen = RealPen.with()
                .backend(LOOPBACK + ":" + Ports.free(LOOPBACK))
                .options("-W", "-s", "-b", "0")
                .start()) {
            pen.penctl("server", "3", "address", "127.0.0.1", "port", "9");
            Run doctor = ctl(pen, "doctor", "--pen-version", "0.34.1");
            assertThat(doctor.exit()).isEqualTo(1);
            assertThat(doctor.lines())
                    .contains(
                            "SERIOUS  weights-unset",
                            "SERIOUS  blacklist-0",
                            "WARNING  stubborn-with-tracking",
                            "WARNING  gap-slots",
                            "  seen    gaps at slots 1, 2",
                            "WARNING  no-failover",
                            "WARNING  pending-leak");
            assertThat(ctl(pen, "doctor", "--json").output()).startsWith("{\"serious\":2,");
            assertThat(pen.alive()).isTrue();
        }
    }

    @Test
    void a_refused_port_a_denial_and_a_stranger_are_told_apart() {
        Run refused = ctl(LOOPBACK + ":" + Ports.free(LOOPBACK), "servers");
        assertThat(refused.exit()).isEqualTo(1);
        assertThat(refused.output()).startsWith("pen-agent: 127.0.0.1:").contains(": servers: connect: ");

        try (RealPen pen = RealPen.with().backend(LOOPBACK + ":9").start()) {
            pen.penctl("acl", "9", "deny", "127.0.0.1");
            pen.penctl("control_acl", "9");
            await().until(() -> pen.penctl("pid").output().isEmpty());
            Run denied = ctl(pen, "servers");
            assertThat(denied.exit()).isEqualTo(1);
            assertThat(denied.output()).containsPattern("servers: (denied|reset): ");
        }
        try (FakePen stranger = FakePen.that(PenScript.replies("HTTP/1.1 400 Bad Request\r\n\r\n"))) {
            Run malformed = ctl(stranger.endpoint().toString(), "pid");
            assertThat(malformed.exit()).isEqualTo(1);
            assertThat(malformed.output()).contains("pid: malformed: line 1, column 1: ", "control port of a pen");
        }
        try (FakePen silent = FakePen.that(PenScript.hangs())) {
            Run timeout = ctl(silent.endpoint().toString(), "pid", "--timeout", "300ms");
            assertThat(timeout.exit()).isEqualTo(1);
            assertThat(timeout.output()).contains("pid: timeout: ");
        }
    }

    @Test
    void the_completion_script_completes_commands_after_the_target() {
        String script = "source /dev/stdin; COMP_WORDS=(pen-agent ctl 127.0.0.1:8888 do); COMP_CWORD=3; "
                + "_complete_pen-agent 2>/dev/null; echo \"<${COMPREPLY[*]}>\"";
        Run completion = Run.of(
                new ProcessBuilder("bash", "-c", String.join(" ", jar()) + " completion | { " + script + "; }"), LIMIT);
        assertThat(completion.output()).isEqualTo("<doctor>\n");
    }

    private static Run ctl(RealPen pen, String... words) {
        return ctl(pen.controlEndpoint().toString(), words);
    }

    private static Run ctl(String target, String... words) {
        List<String> line = new ArrayList<>(jar());
        line.addAll(List.of("ctl", target));
        line.addAll(List.of(words));
        return Run.of(new ProcessBuilder(line), LIMIT);
    }

    private static List<String> jar() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                Objects.requireNonNull(System.getProperty("pen-agent.jar")));
    }
}
