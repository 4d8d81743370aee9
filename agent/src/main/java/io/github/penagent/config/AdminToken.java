package io.github.penagent.config;

import com.typesafe.config.ConfigException;
import io.github.penagent.web.PasswordHash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The word that clients of the admin listener have to show, for a client on the same machine. */
public final class AdminToken {
    private static final String KEY = "pen-agent.admin.token-file";

    private AdminToken() {}

    /**
     * The word in the file that a configuration file names; empty if it names none, or the word's hash is all there is.
     *
     * @throws IOException if that cannot be read
     */
    public static Optional<String> of(Path file) throws IOException {
        String named;
        try {
            named = ConfigLoader.text(file, KEY);
        } catch (ConfigException e) {
            return Optional.empty();
        }
        String word =
                Files.readString(file.toAbsolutePath().resolveSibling(named)).strip();
        return PasswordHash.looksLike(word) ? Optional.empty() : Optional.of(word);
    }
}
