package io.github.penagent.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Explores every run of a model, with Debian's spin and gcc on the {@code PATH}.
 *
 * @param model in Promela
 * @param folder for what spin makes of it
 * @param options for gcc
 */
public record Spin(Path model, Path folder, List<String> options) {
    /** Of each step; on a machine that is busy with other tests, too. */
    private static final Duration LIMIT = Duration.ofSeconds(100);

    private static final int DEPTH = 5_000_000;

    /** Fails the test unless every run was looked at, and none was at fault. */
    public void holds(String defines) {
        assertThat(explored(defines)).contains("errors: 0").doesNotContain("max search depth", "Search not completed");
    }

    /** What spin reports of the model with these definitions, which are separated by blanks. */
    public String explored(String defines) {
        List<String> generate = new ArrayList<>(List.of("spin"));
        generate.addAll(Arrays.asList(defines.strip().split(" +")));
        generate.addAll(List.of("-a", model.toAbsolutePath().toString()));
        done(generate);
        List<String> compile = new ArrayList<>(List.of("gcc", "-w"));
        compile.addAll(options);
        compile.addAll(List.of("-o", "pan", "pan.c"));
        done(compile);
        String report = done(List.of("./pan", "-m" + DEPTH));
        System.out.printf("spin: %s: %s%n", defines.strip(), states(report));
        return report;
    }

    private static String states(String report) {
        return report.lines()
                .filter(line -> line.contains("states, stored"))
                .findFirst()
                .orElse("?")
                .strip();
    }

    private String done(List<String> command) {
        try {
            Run run = Run.of(new ProcessBuilder(command).directory(folder.toFile()), LIMIT);
            assertThat(run.exit()).as("%s: %s", command, run.output()).isZero();
            return run.output();
        } catch (UncheckedIOException e) {
            throw new AssertionError("'apt-get install -y spin gcc libc6-dev': " + e.getMessage(), e);
        }
    }
}
