package io.github.penagent.config;

import static io.github.penagent.config.Rules.flag;
import static io.github.penagent.config.Rules.hostPort;
import static io.github.penagent.config.Rules.path;
import static io.github.penagent.config.Rules.readable;

import io.github.penagent.web.AdminSettings;
import io.github.penagent.web.Secret;
import io.github.penagent.web.TlsSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/** The listener through which things are changed, and what its clients have to show. */
final class AdminReader {
    private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7e]{16,1024}");

    private final Path folder;

    /** @param folder of the configuration file, where relative paths begin */
    AdminReader(Path folder) {
        this.folder = folder;
    }

    /** Empty where it is off; then no file is looked at. */
    Optional<AdminSettings> read(Section section) {
        boolean enabled = section.value("enabled", flag());
        HostPort listen = section.value("listen", hostPort(0));
        Optional<Path> tokenFile = section.optional("token-file", enabled ? readable(folder) : path(folder));
        Optional<Path> configFile = section.optional("config-file", enabled ? readable(folder) : path(folder));
        if (!enabled) {
            return Optional.empty();
        }
        Optional<Secret> token = tokenFile.flatMap(file -> token(section, file));
        Optional<TlsSettings> tls = configFile.flatMap(file -> section.file("config-file", file, WebConfigFile::read));
        if (token.isEmpty() && tls.flatMap(TlsSettings::clientAuthorities).isEmpty()) {
            if (!section.isWritten("token-file") && !section.isWritten("config-file")) {
                section.refuse("enabled", "needs a token-file, or a config-file that demands client certificates");
            } else if (!section.isWritten("token-file") && tls.isPresent()) {
                section.refuse("config-file", "must demand client certificates where there is no token-file");
            }
            return Optional.empty();
        }
        return Optional.of(new AdminSettings(listen.host(), listen.port(), token, tls));
    }

    private static Optional<Secret> token(Section section, Path file) {
        try {
            String word = Files.readString(file).strip();
            if (TOKEN.matcher(word).matches()) {
                return Optional.of(new Secret(word));
            }
        } catch (IOException e) {
            // Not text, or gone since: the same rule says what to do.
        }
        section.refuse("token-file", "must contain one word of 16 to 1024 printable ASCII characters");
        return Optional.empty();
    }
}
