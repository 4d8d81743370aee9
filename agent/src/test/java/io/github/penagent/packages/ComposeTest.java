package io.github.penagent.packages;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.penagent.config.ConfigLoader;
import io.github.penagent.config.Loaded;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The compose file, as far as can be told without an engine: that what it names is there and fits together. */
class ComposeTest {
    private static final Path FOLDER = Path.of("../dashboards").toAbsolutePath().normalize();

    private final JsonObject services = yaml("compose.yaml").getJsonObject("services");

    ComposeTest() throws IOException {}

    @Test
    void every_image_is_pinned_or_built_here() {
        for (String name : services.fieldNames()) {
            JsonObject service = services.getJsonObject(name);
            if (service.containsKey("build")) {
                assertThat(service.containsKey("image")).as(name).isFalse();
            } else {
                assertThat(service.getString("image")).matches("docker\\.io/[a-z/-]+:v?\\d+\\.\\d+\\.\\d+[a-z-]*");
            }
        }
        JsonObject agent = services.getJsonObject("agent").getJsonObject("build");
        assertThat(FOLDER.resolve(agent.getString("context")).resolve(agent.getString("dockerfile")))
                .isRegularFile();
        assertThat(services.getJsonObject("pen").getJsonObject("build").getString("dockerfile_inline"))
                .containsPattern("FROM docker.io/library/debian:\\d+\\.\\d+-slim");
    }

    @Test
    void each_mounted_file_is_in_the_repository_and_each_volume_declared() throws IOException {
        for (String mount : mounts()) {
            String source = mount.replaceFirst(":.*", "");
            if (source.startsWith(".")) {
                assertThat(FOLDER.resolve(source)).as(mount).isRegularFile();
                assertThat(FOLDER.resolve(source).normalize())
                        .startsWith(FOLDER.resolveSibling("").normalize());
                assertThat(mount).endsWith(":ro");
            } else {
                assertThat(yaml("compose.yaml").getJsonObject("volumes").fieldNames())
                        .contains(source);
            }
        }
    }

    @Test
    void ports_are_this_machines_own_and_taken_once() {
        List<String> ports = strings("ports");
        assertThat(ports).doesNotHaveDuplicates().allMatch(port -> port.matches("127\\.0\\.0\\.1:(\\d+):\\1"));
        assertThat(ports).contains("127.0.0.1:10911:10911", "127.0.0.1:9090:9090", "127.0.0.1:3000:3000");
    }

    @Test
    void whom_a_file_names_is_a_service() throws IOException {
        assertThat(Files.readString(FOLDER.resolve("compose/prometheus.yml")))
                .contains("'agent:10911'", "'alertmanager:9093'");
        assertThat(Files.readString(FOLDER.resolve("compose/datasource.yml"))).contains("http://prometheus:9090");
        assertThat(services.fieldNames())
                .contains("agent", "pen", "prometheus", "alertmanager", "grafana", "one", "two");
    }

    @Test
    void the_agents_configuration_is_valid(@TempDir Path state) throws IOException {
        String shipped = Files.readString(FOLDER.resolve("compose/pen-agent.conf"));
        Path file = Files.writeString(
                state.resolve("pen-agent.conf"), shipped.replace("/var/lib/pen-agent", state.toString()));
        assertThat(ConfigLoader.load(file)).isInstanceOf(Loaded.Good.class);
        assertThat(mounts()).contains("agent-state:/var/lib/pen-agent");
    }

    @Test
    void grafana_finds_its_dashboards_where_the_provisioning_says() {
        assertThat(mounts().stream().filter(mount -> mount.contains(":/etc/grafana/dashboards/pen-agent/")))
                .hasSize(3);
    }

    private List<String> mounts() {
        return strings("volumes");
    }

    private List<String> strings(String key) {
        List<String> all = new ArrayList<>();
        for (String name : services.fieldNames()) {
            services.getJsonObject(name)
                    .getJsonArray(key, new JsonArray())
                    .forEach(one -> all.add(String.valueOf(one)));
        }
        return all;
    }

    private static JsonObject yaml(String file) throws IOException {
        return object(new Load(LoadSettings.builder().build()).loadFromString(Files.readString(FOLDER.resolve(file))));
    }

    @SuppressWarnings("unchecked")
    private static JsonObject object(Object yaml) {
        return new JsonObject((Map<String, Object>) yaml);
    }
}
