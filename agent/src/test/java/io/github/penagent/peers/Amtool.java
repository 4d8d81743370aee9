package io.github.penagent.peers;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Alertmanager's own opinion of its configuration. */
public final class Amtool {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private Amtool() {}

    /** Checks a configuration file. */
    public static Run checkConfig(Path configuration) {
        return Run.of(Program.AMTOOL.command("check-config", configuration.toString()), PATIENCE);
    }

    /** Which receivers hear of an alert with these labels, each {@code name=value}. */
    public static List<String> receivers(Path configuration, String... labels) {
        String[] words = Stream.concat(
                        Stream.of("config", "routes", "test", "--config.file=" + configuration), Arrays.stream(labels))
                .toArray(String[]::new);
        Run run = Run.of(Program.AMTOOL.command(words), PATIENCE);
        if (run.exit() != 0) {
            throw new AssertionError(run.output());
        }
        // Warnings come first.
        List<String> lines = run.lines();
        return List.of(lines.get(lines.size() - 1).split(",", -1));
    }
}
