package io.github.penagent.config;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValueFactory;
import io.github.penagent.web.TlsSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * A file as Prometheus' own programs read it for TLS (exporter-toolkit's web configuration, in YAML). Relative paths in it begin at
 * its own folder.
 */
final class WebConfigFile {
    private static final ConfigObject NO_TLS =
            ConfigFactory.parseString("tls_server_config {}").root();
    private static final Map<String, Boolean> CLIENT_AUTH =
            Map.of("NoClientCert", false, "RequireAndVerifyClientCert", true);

    private WebConfigFile() {}

    /**
     * Reads the file; what is wrong in it becomes a problem of its key below {@code path}.
     *
     * @param path the key that names the file
     * @throws IllegalArgumentException if it cannot be read at all
     */
    static Optional<TlsSettings> read(Path file, String path, Problems problems) {
        ConfigObject values = ConfigValueFactory.fromMap(load(file), file.toString());
        Path folder = file.toAbsolutePath().resolveSibling("");
        Section top = new Section(path, values, NO_TLS, problems);
        return top.readAll(all -> all.isWritten("tls_server_config")
                ? all.section("tls_server_config", tls -> tls(tls, folder))
                : Optional.empty());
    }

    private static Map<String, Object> load(Path file) {
        try {
            Object yaml = new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file));
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

    private static Optional<TlsSettings> tls(Section tls, Path folder) {
        Optional<Path> certificate = tls.required("cert_file", Rules.readable(folder));
        Optional<Path> key = tls.required("key_file", Rules.readable(folder));
        Optional<Path> authorities = tls.optional("client_ca_file", Rules.readable(folder));
        boolean demanded =
                tls.optional("client_auth_type", Rules.oneOf(CLIENT_AUTH)).orElse(false);
        if (demanded && authorities.isEmpty() && !tls.isWritten("client_ca_file")) {
            tls.refuse("client_auth_type", "needs client_ca_file");
        }
        if (!demanded && authorities.isPresent()) {
            tls.refuse("client_ca_file", "needs client_auth_type: RequireAndVerifyClientCert");
        }
        return certificate.flatMap(c -> key.map(k -> new TlsSettings(c, k, authorities)));
    }
}
