package io.github.penagent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BuildTest {

    @Test
    void a_known_revision_is_shown() {
        assertThat(build("1a2b3c4").line("17.0.15")).isEqualTo("pen-agent 1.2.3 (revision 1a2b3c4, java 17.0.15)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "${build.revision}"})
    void an_unknown_revision_is_left_out(String revision) {
        assertThat(build(revision).line("17.0.15")).isEqualTo("pen-agent 1.2.3 (java 17.0.15)");
    }

    private static Build build(String revision) {
        Properties properties = new Properties();
        properties.setProperty("version", "1.2.3");
        properties.setProperty("revision", revision);
        return Build.of(properties);
    }
}
