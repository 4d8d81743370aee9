package io.github.penagent;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.penagent.logging.ParsedLine;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class UntilSignalTest {
    private static final Duration PROMISED = Duration.ofSeconds(5);

    @ParameterizedTest
    @ValueSource(strings = {"TERM", "INT"})
    void a_signal_closes_in_order_and_exits_with_zero(String signal) throws Exception {
        Process program = program("closes");
        awaitStart(program);

        kill(program, signal);

        assertThat(program.waitFor(PROMISED.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(program.exitValue()).isZero();
        assertThat(messages(program)).containsExactly("closing");
    }

    @Test
    void what_cannot_be_closed_ends_within_five_seconds_and_exits_with_one() throws Exception {
        Process program = program("hangs");
        awaitStart(program);

        Instant asked = Instant.now();
        kill(program, "TERM");

        assertThat(program.waitFor()).isEqualTo(1);
        assertThat(Duration.between(asked, Instant.now())).isLessThan(PROMISED);
        assertThat(messages(program)).containsExactly("closing", "stopping takes too long");
    }

    @Test
    void a_log_that_nobody_reads_keeps_nothing_from_starting_and_stopping() throws Exception {
        Process program = program("floods");
        awaitStart(program);

        Instant asked = Instant.now();
        kill(program, "TERM");

        assertThat(program.waitFor()).isZero();
        assertThat(Duration.between(asked, Instant.now())).isLessThan(PROMISED);
    }

    @Test
    void a_start_that_fails_keeps_its_own_exit_code() throws Exception {
        assertThat(program("fails").waitFor()).isEqualTo(1);
    }

    private static Process program(String behaviour) throws IOException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        return new ProcessBuilder(
                        java.toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SignalledProgram.class.getName(),
                        behaviour)
                .start();
    }

    private static void awaitStart(Process program) throws IOException {
        BufferedReader out = program.inputReader(StandardCharsets.UTF_8);
        assertThat(out.readLine()).isEqualTo("started");
    }

    private static void kill(Process program, String signal) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + signal, Long.toString(program.pid()))
                .start()
                .waitFor();
    }

    private static List<String> messages(Process program) {
        return program.errorReader(StandardCharsets.UTF_8)
                .lines()
                .map(line -> ParsedLine.of(line).get(3).getValue())
                .toList();
    }
}
