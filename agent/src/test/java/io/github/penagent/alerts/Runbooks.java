package io.github.penagent.alerts;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** The runbooks' commands. */
final class Runbooks {
    static final Path DIRECTORY = Rule.DIRECTORY.resolve("runbooks");
    private static final Pattern COMMAND = Pattern.compile("`pen-agent ctl TARGET ([^`]+)`");

    private Runbooks() {}

    /** What stands behind {@code pen-agent ctl TARGET}, each once. */
    static List<String> commands() {
        return Yaml.files(DIRECTORY, ".md").stream()
                .map(Runbooks::text)
                .flatMap(text -> COMMAND.matcher(text).results())
                .map(match -> match.group(1).replaceAll("\\s+", " "))
                .distinct()
                .sorted()
                .toList();
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
