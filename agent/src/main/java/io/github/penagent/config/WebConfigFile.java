package io.github.penagent.config;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValueFactory;
import io.github.penagent.web.Access;
import io.github.penagent.web.PasswordHash;
import io.github.penagent.web.RequestRate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * A web configuration file as Prometheus' own programs read it (exporter-toolkit's, in YAML), as it is. Relative paths in it begin at
 * its own folder.
 */
final class WebConfigFile {
    private static final ConfigObject NOTHING = ConfigFactory.parseString(
                    "tls_server_config {}, http_server_config { http2 = true, headers {} }, basic_auth_users {}, rate_limit {}")
            .root();

    /** Header names are case-sensitive here, as they are there. */
    private static final Map<String, Optional<Map<String, String>>> HEADERS = headers();

    private static final Pattern HEADER_VALUE = Pattern.compile("[\\x20-\\x7e]{0,4096}");
    private static final Duration LONGEST_INTERVAL = Duration.ofHours(1);

    private WebConfigFile() {}

    private static Map<String, Optional<Map<String, String>>> headers() {
        Map<String, Optional<Map<String, String>>> all = new LinkedHashMap<>();
        all.put("Strict-Transport-Security", Optional.empty());
        all.put("X-Content-Type-Options", Optional.of(Map.of("nosniff", "nosniff")));
        all.put("X-Frame-Options", Optional.of(ordered("deny", "sameorigin")));
        all.put("X-XSS-Protection", Optional.empty());
        all.put("Content-Security-Policy", Optional.empty());
        return all;
    }

    private static Map<String, String> ordered(String... words) {
        Map<String, String> all = new LinkedHashMap<>();
        for (String word : words) {
            all.put(word, word);
        }
        return all;
    }

    /**
     * Reads the file; what is wrong in it becomes a problem of its key below {@code path}, and then it says nothing.
     *
     * @param path the key that names the file
     * @throws IllegalArgumentException if it cannot be read at all
     */
    static Optional<Access> read(Path file, String path, Problems problems) {
        ConfigObject values = ConfigValueFactory.fromMap(load(file), file.toString());
        Path folder = file.toAbsolutePath().resolveSibling("");
        Section top = new Section(path, values, NOTHING, problems);
        int before = problems.count();
        Access access = top.readAll(all -> access(all, folder));
        return problems.count() == before ? Optional.of(access) : Optional.empty();
    }

    private static Access access(Section all, Path folder) {
        return new Access(
                all.object("tls_server_config", section -> new TlsReader(section, folder).read()),
                Optional.empty(),
                all.object("basic_auth_users", WebConfigFile::users),
                all.object("http_server_config", WebConfigFile::http),
                all.object("rate_limit", WebConfigFile::rate));
    }

    private static Map<String, PasswordHash> users(Section section) {
        Map<String, PasswordHash> users = new LinkedHashMap<>();
        for (String name : section.written()) {
            section.secret(name, value -> new PasswordHash(Rules.text(value, "must be a bcrypt hash")))
                    .ifPresent(hash -> users.put(name, hash));
        }
        return users;
    }

    /** Answers are HTTP/1.1 whatever {@code http2} says, which every client of HTTP/2 over TLS can do, too. */
    private static Map<String, String> http(Section section) {
        section.optional("http2", Rules.flag());
        return section.object("headers", headers -> {
            Map<String, String> read = new LinkedHashMap<>();
            HEADERS.forEach((name, words) ->
                    headers.optional(name, headerRule(words)).ifPresent(value -> read.put(name, value)));
            return read;
        });
    }

    private static Rule<String> headerRule(Optional<Map<String, String>> words) {
        return words.map(Rules::oneOf)
                .orElseGet(() -> Rules.text(HEADER_VALUE, "must be printable ASCII, of at most 4096 characters"));
    }

    private static Optional<RequestRate> rate(Section section) {
        Duration interval =
                section.optional("interval", Rules.goDuration(LONGEST_INTERVAL)).orElse(Duration.ZERO);
        Optional<Integer> burst = section.optional("burst", Rules.count(0, 1_000_000));
        if (interval.isZero()) {
            return Optional.empty();
        }
        if (burst.orElse(0) == 0) {
            section.refuse("burst", "must be at least 1, or nothing is answered at all");
            return Optional.empty();
        }
        return Optional.of(new RequestRate(interval, burst.get()));
    }

    private static Map<String, Object> load(Path file) {
        try {
            Object yaml = new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file));
            if (yaml == null) {
                return Map.of();
            }
            if (!(yaml instanceof Map<?, ?> map)) {
                throw new IllegalArgumentException("must contain an object, such as tls_server_config: { ... }");
            }
            return named(map);
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot be read; are its permissions right?", e);
        } catch (YamlEngineException e) {
            throw new IllegalArgumentException(
                    "is no YAML: "
                            + String.valueOf(e.getMessage()).lines().findFirst().orElse(""),
                    e);
        }
    }

    private static Map<String, Object> named(Map<?, ?> map) {
        Map<String, Object> named = new LinkedHashMap<>();
        map.forEach((key, value) -> named.put(String.valueOf(key), value instanceof Map<?, ?> m ? named(m) : value));
        return named;
    }
}
