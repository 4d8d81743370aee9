package io.github.penagent.config;

import io.github.penagent.web.Access;
import io.github.penagent.web.AccessSource;
import io.github.penagent.web.PasswordHash;
import io.github.penagent.web.Secret;
import io.github.penagent.web.Token;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The files that say who may enter through a listener.
 *
 * @param key the section that names them
 * @param tokenFile a token, or its bcrypt hash
 * @param configFile a web configuration file
 */
record AccessFiles(String key, Optional<Path> tokenFile, Optional<Path> configFile) implements AccessSource {
    static final String TOKEN_RULE =
            "must contain one word of 16 to 1024 printable ASCII characters, or the bcrypt hash of one";
    private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7e]{16,1024}");

    @Override
    public Access read() {
        Access access = configFile.map(this::config).orElse(Access.OPEN);
        return tokenFile.map(file -> access.with(token(file))).orElse(access);
    }

    private Access config(Path file) {
        Problems problems = new Problems(file);
        Optional<Access> access = WebConfigFile.read(file, key + ".config-file", problems);
        List<Problem> found = problems.sorted();
        if (!found.isEmpty() || access.isEmpty()) {
            throw new IllegalArgumentException(
                    found.isEmpty() ? "unusable" : found.get(0).toString());
        }
        return access.get();
    }

    /** @throws IllegalArgumentException if the file holds none, without showing what it holds */
    static Token token(Path file) {
        try {
            String word = Files.readString(file).strip();
            if (PasswordHash.looksLike(word)) {
                return new Token.Hashed(new PasswordHash(word));
            }
            if (TOKEN.matcher(word).matches()) {
                return new Token.Word(new Secret(word));
            }
        } catch (IOException | IllegalArgumentException e) {
            // Not text, no hash after all, or gone since: the same rule says what to do.
        }
        throw new IllegalArgumentException("token-file " + TOKEN_RULE);
    }
}
