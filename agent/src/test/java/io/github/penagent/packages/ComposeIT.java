package io.github.penagent.packages;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.penagent.peers.Promtool;
import io.github.penagent.peers.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the compose file gives Prometheus, in the eyes of Prometheus. */
class ComposeIT {
    private static final Path TOP = Path.of("..").toAbsolutePath().normalize();

    @Test
    void prometheus_takes_its_configuration_with_the_rules_beside_it(@TempDir Path etc) throws IOException {
        for (String file : List.of(
                "dashboards/compose/prometheus.yml", "alerts/pen-agent.rules.yml", "alerts/pen-agent.recording.yml")) {
            Path source = TOP.resolve(file);
            Files.copy(source, etc.resolve(source.getFileName().toString()));
            assertThat(Files.readString(TOP.resolve("dashboards/compose.yaml")))
                    .contains("/" + source.getFileName() + ":/etc/prometheus/" + source.getFileName() + ":ro");
        }
        Run check = Promtool.checkConfig(etc.resolve("prometheus.yml"));
        assertThat(check.exit()).as(check.output()).isZero();
    }
}
