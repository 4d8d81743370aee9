package io.github.penagent.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.penagent.ctl.Ctl;
import io.github.penagent.peers.HttpBackend;
import io.github.penagent.peers.RealPen;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every command that a runbook tells people to give is given to a real pen, and does something. */
class RunbooksIT {
    private final HttpBackend first = HttpBackend.start();
    private final HttpBackend second = HttpBackend.start();

    @TempDir
    private Path directory = Path.of("");

    static List<String> commands() {
        return Runbooks.commands();
    }

    /** pen, which is nobody where the tests are root, writes its page there. */
    @BeforeEach
    void letPenWrite() throws IOException {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
    }

    @AfterEach
    void end() {
        first.close();
        second.close();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void a_command_of_a_runbook_works(String command) {
        try (RealPen pen = RealPen.with()
                .options("-O", "poll", "-w", directory.resolve("status.html").toString())
                .backend(first)
                .backend(second)
                .start()) {
            String words = command.replaceAll("\\bN\\b", "1")
                    .replaceAll("\\bADDRESS\\b", "127.0.0.1:" + second.port())
                    .replaceAll("\\bM\\b", "100")
                    .replaceAll("\\bH\\b", "120");
            if (words.startsWith("undrain")) {
                assertThat(run(pen, "drain 1")).startsWith("confirmed");
            }
            assertThat(run(pen, words)).doesNotContain("refused");
            assertThat(pen.alive()).isTrue();
        }
    }

    private static String run(RealPen pen, String words) {
        StringWriter out = new StringWriter();
        PrintWriter both = new PrintWriter(out, true);
        String[] arguments = Stream.concat(Stream.of(pen.controlEndpoint().toString()), Stream.of(words.split(" ", -1)))
                .toArray(String[]::new);
        int code = Ctl.commandLine().setOut(both).setErr(both).execute(arguments);
        assertThat(code).as("%s: %s", words, out).isZero();
        return out.toString();
    }
}
