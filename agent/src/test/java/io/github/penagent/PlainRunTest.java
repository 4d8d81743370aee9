package io.github.penagent;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.penagent.config.Fixtures;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainRunTest {
    private final FakeLauncher launcher = new FakeLauncher(() -> Closes.AT_ONCE);

    @Test
    void the_words_of_the_unit_and_of_the_image_are_understood() {
        assertThat(PlainRun.file("run", "--config", "/etc/pen-agent/pen-agent.conf"))
                .contains(Path.of("/etc/pen-agent/pen-agent.conf"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "run",
                "run --config",
                "run --config=a.conf",
                "run --config -h",
                "run --config @words",
                "--config a.conf run",
                "check --config a.conf",
                "run --config a.conf --log-level debug",
                "run --log-level debug"
            })
    void all_other_words_are_left_to_the_command_line(String words) {
        assertThat(PlainRun.file(words.isEmpty() ? new String[0] : words.split(" ")))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"valid-full.conf", "invalid-many.conf", "nowhere.conf"})
    void it_does_and_says_what_the_command_line_would(String name) {
        Path file = Fixtures.file("valid-full.conf").resolveSibling(name);
        FakeLauncher other = new FakeLauncher(() -> Closes.AT_ONCE);

        assertThat(CommandRun.plain(launcher, file))
                .isEqualTo(CommandRun.of(other, "run", "--config", file.toString()));
        assertThat(launcher.started).isEqualTo(other.started);
    }

    @Test
    void a_start_that_fails_says_why_and_ends_with_one() {
        Launcher failing = new FakeLauncher(() -> {
            throw new StartFailure("the port is taken");
        });

        assertThat(CommandRun.plain(failing, Fixtures.file("valid-full.conf")))
                .isEqualTo(new CommandRun(1, "", "pen-agent: the port is taken\n"));
    }

    @Test
    void a_bug_ends_with_one() {
        Launcher broken = new FakeLauncher(() -> {
            throw new IllegalStateException("oops");
        });

        assertThat(CommandRun.plain(broken, Fixtures.file("valid-full.conf")).code())
                .isEqualTo(1);
    }
}
