package io.github.penagent.config;

import static io.github.penagent.config.Rules.flag;
import static io.github.penagent.config.Rules.hostPort;
import static io.github.penagent.config.Rules.path;
import static io.github.penagent.config.Rules.readable;

import io.github.penagent.web.Access;
import io.github.penagent.web.AdminSettings;
import io.github.penagent.web.Token;
import java.nio.file.Path;
import java.util.Optional;

/** The listener through which things are changed, and what its clients have to show. */
final class AdminReader {
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
        Optional<Token> token = tokenFile.flatMap(file -> token(section, file));
        Optional<Access> config = configFile.flatMap(file -> section.file("config-file", file, WebConfigFile::read));
        Access open = config.orElse(Access.OPEN);
        Access access = token.map(open::with).orElse(open);
        if (!access.demandsProof()) {
            if (!section.isWritten("token-file") && !section.isWritten("config-file")) {
                section.refuse(
                        "enabled",
                        "needs a token-file, or a config-file that demands passwords or client certificates");
            } else if (!section.isWritten("token-file") && config.isPresent()) {
                section.refuse(
                        "config-file", "must demand passwords or client certificates where there is no token-file");
            }
            return Optional.empty();
        }
        return Optional.of(
                new AdminSettings(listen.address(), access, new AccessFiles("pen-agent.admin", tokenFile, configFile)));
    }

    private static Optional<Token> token(Section section, Path file) {
        try {
            return Optional.of(AccessFiles.token(file));
        } catch (IllegalArgumentException e) {
            section.refuse("token-file", AccessFiles.TOKEN_RULE);
            return Optional.empty();
        }
    }
}
