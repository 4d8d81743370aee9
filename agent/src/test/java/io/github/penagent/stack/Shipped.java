package io.github.penagent.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The files that we ship beside the jar, at the top of the repository. */
final class Shipped {
    private static final Path TOP = Path.of("..").toAbsolutePath().normalize();

    private Shipped() {}

    /** The rules; the example of a user's own is not among them. */
    static List<Path> rules() {
        return files("alerts", "pen-agent.rules.yml", "pen-agent.recording.yml");
    }

    /** The unit tests of one alert. */
    static Path ruleTest(String alert) {
        return TOP.resolve("alerts/tests").resolve(alert + ".yml");
    }

    static List<Path> dashboards() {
        return files("dashboards", ".json");
    }

    private static List<Path> files(String folder, String... endings) {
        try (Stream<Path> all = Files.list(TOP.resolve(folder))) {
            return all.filter(file -> Stream.of(endings).anyMatch(file.toString()::endsWith))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** By its path from the top. */
    static String text(String file) {
        return text(TOP.resolve(file));
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
