package io.github.penagent.remediation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every run of two agents that share a pen by index, by spin and only with {@code -Pfull}. */
@EnabledIfSystemProperty(named = "full", matches = "true")
class SharesIT {
    private static final Path MODEL = Path.of("src/test/spin/shares.pml");

    @ParameterizedTest
    @CsvSource({"2, 1", "3, 1", "4, 1", "4, 2", "5, 1", "5, 2"})
    void together_they_never_empty_a_pen_nor_exceed_the_cap(int slots, int cap, @TempDir Path folder) throws Exception {
        String report = explored(folder, "-DN=" + slots, "-DCAP=" + cap);
        System.out.printf("spin: %d slots, cap %d: %s%n", slots, cap, states(report));
        assertThat(report).contains("errors: 0").doesNotContain("max search depth too small");
    }

    @Test
    void the_model_notices_an_agent_that_comes_back_without_a_warm_up(@TempDir Path folder) throws Exception {
        assertThat(explored(folder, "-DN=2", "-DCAP=1", "-DNO_WARM_UP")).contains("errors: 1");
    }

    private static String states(String report) {
        return report.lines()
                .filter(line -> line.contains("states, stored"))
                .findFirst()
                .orElse("?")
                .strip();
    }

    private static String explored(Path folder, String... defines) throws Exception {
        List<String> generate = new ArrayList<>(List.of("spin"));
        generate.addAll(List.of(defines));
        generate.addAll(List.of("-a", MODEL.toAbsolutePath().toString()));
        run(folder, generate);
        run(folder, List.of("gcc", "-O2", "-w", "-DMEMLIM=4096", "-o", "pan", "pan.c"));
        return run(folder, List.of("./pan", "-m5000000"));
    }

    private static String run(Path folder, List<String> command) throws Exception {
        Path output = folder.resolve("output");
        Process process = start(new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile()));
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS))
                    .as("%s ends", command)
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }
        String text = Files.readString(output, StandardCharsets.UTF_8);
        assertThat(process.exitValue()).as("%s: %s", command, text).isZero();
        return text;
    }

    private static Process start(ProcessBuilder command) {
        try {
            return command.start();
        } catch (IOException e) {
            return fail("apt-get install -y spin gcc libc6-dev: " + e.getMessage());
        }
    }
}
