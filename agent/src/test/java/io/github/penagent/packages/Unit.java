package io.github.penagent.packages;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** A unit of systemd, as far as lines of {@code KEY=VALUE} go. */
record Unit(List<String> lines) {
    static Unit read(Path file) throws IOException {
        return new Unit(Files.readAllLines(file));
    }

    /** All that stand behind the key, in their order. */
    List<String> all(String key) {
        return lines.stream()
                .filter(line -> line.startsWith(key + "="))
                .map(line -> line.substring(key.length() + 1))
                .toList();
    }

    /** The only one. */
    String only(String key) {
        List<String> values = all(key);
        if (values.size() != 1) {
            throw new AssertionError(key + " is there " + values.size() + " times");
        }
        return Objects.requireNonNull(values.get(0));
    }
}
