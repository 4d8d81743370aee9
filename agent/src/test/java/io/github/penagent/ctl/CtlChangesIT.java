package io.github.penagent.ctl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.penagent.peers.Ports;
import io.github.penagent.peers.RealPen;
import io.github.penagent.peers.Run;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The jar as users run it, changing real pens. */
class CtlChangesIT {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String LOOPBACK = "127.0.0.1";

    @Test
    void servers_are_changed_in_penctls_wording_and_by_friendlier_words() {
        String first = backend();
        String second = backend();
        try (RealPen pen = RealPen.with().backend(first).backend(backend()).start()) {
            assertThat(ctl(pen, 0, "server 0 max 5 hard 9")).startsWith("confirmed: ");
            assertThat(pen.penctl("servers").output()).contains(" max 5 hard 9 ");
            assertThat(ctl(pen, 0, "server", first, "blacklist", "30")).startsWith("not confirmed: sent ");
            assertThat(ctl(pen, 0, "remove", "1")).startsWith("confirmed: slot 1: unused");
            assertThat(ctl(pen, 0, "add", second, "max", "7")).startsWith("confirmed: slot 1: " + second + " max 7");
            assertThat(ctl(pen, 1, "add", second)).startsWith("refused: ");
            assertThat(ctl(pen, 0, "drain", second)).contains("it had max 7 hard 0");
            assertThat(ctl(pen, 1, "undrain", "1")).contains("give them");
            assertThat(ctl(pen, 0, "undrain", "1", "max", "7", "--json")).startsWith("{\"outcome\":\"confirmed\"");
            String third = backend();
            assertThat(ctl(pen, 1, "add", third, "--pen-version", "0.34.1")).contains("--accept grows-server-table");
            assertThat(ctl(pen, 0, "add", third, "--pen-version", "0.34.1", "--accept", "grows-server-table"))
                    .startsWith("confirmed: slot 2: " + third);
            assertThat(ctl(pen, 0, "remove", third)).startsWith("confirmed: ");
            assertThat(pen.penctl("servers").lines()).hasSize(3);
            assertThat(pen.alive()).isTrue();
        }
    }

    @Test
    void settings_are_changed_and_seen() {
        try (RealPen pen = RealPen.with().backend(backend()).start()) {
            assertThat(ctl(pen, 0, "roundrobin")).startsWith("confirmed: ");
            assertThat(ctl(pen, 0, "no roundrobin")).contains("no roundrobin");
            assertThat(ctl(pen, 0, "timeout 5")).isEqualTo("confirmed: pen shows 5\n");
            assertThat(pen.penctl("timeout").output()).isEqualTo("5\n");
        }
    }

    @Test
    void a_list_that_locks_out_needs_to_be_accepted() {
        try (RealPen pen = RealPen.with().backend(backend()).start()) {
            assertThat(ctl(pen, 0, "acl 9 deny 127.0.0.1")).startsWith("not confirmed: sent; ");
            assertThat(ctl(pen, 1, "control_acl 9")).contains("refused: locks-out", "--accept locks-out");
            assertThat(pen.penctl("control_acl").output()).isEqualTo("0\n");
        }
    }

    @Test
    void exit_needs_to_be_accepted() {
        try (RealPen pen = RealPen.with().backend(backend()).options("-X").start()) {
            assertThat(ctl(pen, 1, "exit")).contains("refused: stops-pen", "--accept stops-pen");
            assertThat(pen.alive()).isTrue();
            assertThat(ctl(pen, 0, "exit", "--accept", "stops-pen")).startsWith("confirmed: ");
            await().atMost(LIMIT).until(() -> !pen.alive());
        }
    }

    @Test
    void hostile_words_are_refused_and_pen_lives() {
        try (RealPen pen = RealPen.with().backend(backend()).options("-X").start()) {
            ctl(pen, 2, "timeout", "5\nexit");
            ctl(pen, 1, "add", "127.0.0.1:9\nexit");
            ctl(pen, 2, "add", "127.0.0.1:9 max 5 exit");
            assertThat(pen.penctl("pid").output()).isEqualTo(pen.pid() + "\n");
        }
    }

    private static String backend() {
        return LOOPBACK + ":" + Ports.free(LOOPBACK);
    }

    private static String ctl(RealPen pen, int exit, String... words) {
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                Objects.requireNonNull(System.getProperty("pen-agent.jar")),
                "ctl",
                pen.controlEndpoint().toString()));
        line.addAll(List.of(words));
        Run run = Run.of(new ProcessBuilder(line), LIMIT);
        assertThat(run.exit()).as(run.output()).isEqualTo(exit);
        return run.output();
    }
}
