package io.github.penagent.config;

import com.typesafe.config.ConfigValue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A key whose value is what a file holds: keys, certificates, a password. */
record SmallFile(Rule<Path> readable) implements Rule<String> {
    private static final long MAX_BYTES = 1024 * 1024;

    /** @param folder where relative paths begin */
    static SmallFile in(Path folder) {
        return new SmallFile(Rules.readable(folder));
    }

    @Override
    public String read(ConfigValue value) {
        Path file = readable.read(value);
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new IllegalArgumentException("is longer than " + MAX_BYTES + " bytes");
            }
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalArgumentException(file + " cannot be read as text; are its permissions right?", e);
        }
    }
}
