package io.github.penagent.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The files in {@code src/test/resources/config}; each {@code invalid-X.conf} beside the {@code invalid-X.expected}. */
public final class Fixtures {
    private static final Path FOLDER = Path.of("src/test/resources/config");

    private Fixtures() {}

    public static Path file(String name) {
        return FOLDER.resolve(name);
    }

    public static List<Path> invalid() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> file.getFileName().toString().matches("invalid-.*\\.conf"))
                    .sorted()
                    .toList();
        }
    }

    /** The lines that must be printed for an invalid file, as if it were named without a folder. */
    public static List<String> expected(Path invalid) throws IOException {
        String name = invalid.getFileName().toString().replaceFirst("\\.conf$", ".expected");
        return Files.readAllLines(invalid.resolveSibling(name));
    }

    /** The same lines without the fixtures' folder, wherever it is. */
    public static List<String> withoutFolder(List<String> lines) {
        return lines.stream().map(line -> line.replace(FOLDER + "/", "")).toList();
    }
}
