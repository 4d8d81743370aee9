package io.github.penagent.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The files that tell Grafana of the dashboards and of a Prometheus. */
class ProvisioningTest {
    private static final Path FOLDER = Dashboard.FOLDER.resolve("provisioning");

    @Test
    void dashboards_are_read_from_a_folder_and_changed_there_alone() throws IOException {
        assertThat(only("dashboards/pen-agent.yml", "providers"))
                .containsEntry("type", "file")
                .containsEntry("allowUiUpdates", false)
                .extractingByKey("options")
                .isEqualTo(Map.of("path", "/etc/grafana/dashboards/pen-agent"));
    }

    @Test
    void the_source_is_a_prometheus_that_the_first_variable_offers() throws IOException {
        assertThat(only("datasources/prometheus.yml", "datasources"))
                .containsEntry("type", "prometheus")
                .containsEntry("access", "proxy")
                .containsEntry("isDefault", true)
                .containsKeys("name", "uid", "url", "jsonData");
    }

    /** The only entry of the file's list of this name. */
    @SuppressWarnings("unchecked")
    private static Map<String, Object> only(String file, String list) throws IOException {
        Object read = new Load(LoadSettings.builder().setLabel(file).build())
                .loadFromString(Files.readString(FOLDER.resolve(file)));
        Map<String, Object> all = (Map<String, Object>) read;
        assertThat(all).containsEntry("apiVersion", 1).containsOnlyKeys("apiVersion", list);
        List<Map<String, Object>> entries = (List<Map<String, Object>>) Objects.requireNonNull(all.get(list));
        assertThat(entries).hasSize(1);
        return entries.get(0);
    }
}
