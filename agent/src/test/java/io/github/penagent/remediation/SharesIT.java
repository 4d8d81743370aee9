package io.github.penagent.remediation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.penagent.peers.Spin;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every run of two agents that share a pen by index, by spin and only with {@code -Pfull}. */
@EnabledIfSystemProperty(named = "full", matches = "true")
class SharesIT {
    private static final Path MODEL = Path.of("src/test/spin/shares.pml");

    @TempDir
    private Path folder = Path.of("");

    @ParameterizedTest
    @CsvSource({"2, 1", "3, 1", "4, 1", "4, 2", "5, 1", "5, 2"})
    void together_they_never_empty_a_pen_nor_exceed_the_cap(int slots, int cap) {
        spin().holds("-DN=" + slots + " -DCAP=" + cap);
    }

    @Test
    void the_model_notices_an_agent_that_comes_back_without_a_warm_up() {
        assertThat(spin().explored("-DN=2 -DCAP=1 -DNO_WARM_UP")).contains("errors: 1");
    }

    private Spin spin() {
        return new Spin(MODEL, folder, List.of("-O2", "-DMEMLIM=4096"));
    }
}
