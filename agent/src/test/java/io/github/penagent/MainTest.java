package io.github.penagent;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.penagent.config.Fixtures;
import io.github.penagent.logging.LogFormat;
import io.github.penagent.logging.LogLevel;
import io.github.penagent.logging.Logging;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {
    private static final String VALID = Fixtures.file("valid-full.conf").toString();

    private final FakeLauncher launcher = new FakeLauncher(() -> Closes.AT_ONCE);

    static List<Path> invalid() throws IOException {
        return Fixtures.invalid();
    }

    @AfterEach
    void restoreLogging() {
        Logging.use(LogFormat.LOGFMT, LogLevel.INFO);
    }

    @Test
    void check_praises_a_valid_file_on_stdout_and_starts_nothing() {
        CommandRun run = CommandRun.of(launcher, "check", "--config", VALID);

        assertThat(run).isEqualTo(new CommandRun(0, VALID + ": valid, 3 pens, and 0 in files\n", ""));
        assertThat(launcher.started).isEmpty();
    }

    @Test
    void one_pen_is_singular() {
        String file = Fixtures.file("valid-include.conf").toString();

        assertThat(CommandRun.of(launcher, "check", "--config", file).out()).isEqualTo(file + ": valid, 1 pen\n");
    }

    @Test
    void check_reads_the_files_of_pens_and_says_how_many_are_in_them(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("a.json"), "[{\"name\": \"a\", \"control\": \"/a\"}]");
        Files.writeString(folder.resolve("b.conf"), "pens = [{ name = b, control = /b }]");
        Path file = Files.writeString(
                folder.resolve("pen-agent.conf"),
                "pen-agent.targets { files = [\"*.json\", b.conf], srv = [_penctl._tcp.invalid] }");

        assertThat(CommandRun.of(launcher, "check", "--config", file.toString()))
                .isEqualTo(new CommandRun(0, file + ": valid, 0 pens, and 2 in files\n", ""));
    }

    @Test
    void check_prints_what_is_wrong_in_files_of_pens(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("a.json"), "[\n{\"name\": \"a\"}]");
        Files.writeString(folder.resolve("b\033[2J.json"), "[");
        Files.writeString(folder.resolve("c.json"), "[{\"name\": \"web\", \"control\": \"/c\"}]");
        Path file = Files.writeString(
                folder.resolve("pen-agent.conf"),
                "pen-agent { pens = [{ name = web, control = /web }], targets.files = [\"*.json\", \"nowhere/*.conf\"] }");

        CommandRun run = CommandRun.of(launcher, "check", "--config", file.toString());

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.errLines()).hasSize(4);
        assertThat(run.errLines().get(0)).isEqualTo(folder + "/a.json:2: pens[0].control: is missing");
        assertThat(run.errLines().get(1)).startsWith(folder + "/b\\u001b[2J.json:");
        assertThat(run.errLines().get(2))
                .isEqualTo(folder + "/c.json: pen web: its name is also that of a pen in the configuration");
        assertThat(run.errLines().get(3)).isEqualTo(folder + "/nowhere cannot be listed: there is no such folder");
    }

    @ParameterizedTest
    @MethodSource("invalid")
    void check_prints_every_problem_to_stderr_and_exits_with_one(Path file) throws IOException {
        CommandRun run = CommandRun.of(launcher, "check", "--config", file.toString());

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(Fixtures.withoutFolder(run.errLines())).isEqualTo(Fixtures.expected(file));
    }

    @Test
    void run_with_a_bad_file_prints_the_same_lines_and_starts_nothing() throws IOException {
        Path file = Fixtures.file("invalid-many.conf");

        CommandRun run = CommandRun.of(launcher, "run", "--config", file.toString());

        assertThat(run.code()).isEqualTo(1);
        assertThat(Fixtures.withoutFolder(run.errLines())).isEqualTo(Fixtures.expected(file));
        assertThat(launcher.started).isEmpty();
    }

    @Test
    void run_starts_the_agent_and_ends_with_zero() {
        CommandRun run = CommandRun.of(launcher, "run", "--config", VALID);

        assertThat(run).isEqualTo(new CommandRun(0, "", ""));
        assertThat(launcher.started).containsExactly("agent with 3 pens");
    }

    @Test
    void a_configuration_file_alone_means_run() {
        assertThat(CommandRun.of(launcher, "--config", VALID).code()).isZero();
        assertThat(launcher.started).containsExactly("agent with 3 pens");
    }

    @Test
    void the_file_may_be_named_before_the_command() {
        assertThat(CommandRun.of(launcher, "--config", VALID, "check").out()).contains("valid, 3 pens");
    }

    @Test
    void without_arguments_the_usual_file_is_read() {
        CommandRun run = CommandRun.of(launcher);

        assertThat(run.err() + launcher.started).containsAnyOf("/etc/pen-agent/pen-agent.conf", "agent with");
    }

    @Test
    void demo_takes_its_port() {
        CommandRun run = CommandRun.of(launcher, "demo", "--port", "8080");

        assertThat(run).isEqualTo(new CommandRun(0, "http://localhost:8080/\n", ""));
        assertThat(launcher.started).containsExactly("demo on 8080");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "frobnicate",
                "run --frobnicate",
                "demo --port 65536",
                "demo --port x",
                "--log-level loud",
                "check --config",
                "check a.conf",
                "ctl",
                "ctl servers",
                "ctl 127.0.0.1:1",
                "ctl 127.0.0.1 servers",
                "ctl 127.0.0.1:1 pid --jsno"
            })
    void a_wrong_command_line_exits_with_two_and_points_to_the_help(String args) {
        CommandRun run = CommandRun.of(launcher, args.split(" "));

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .startsWith("pen-agent: ")
                .containsPattern("See pen-agent( run| demo| check| ctl)?( [a-z]+)? --help\n$");
        assertThat(launcher.started).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--help",
                "run --help",
                "check --help",
                "healthcheck --help",
                "demo -h",
                "ctl --help",
                "ctl x:1 top --help"
            })
    void every_command_has_help_with_the_exit_codes(String args) {
        CommandRun run = CommandRun.of(launcher, args.split(" "));

        assertThat(run.code()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).contains("Usage: pen-agent", "--log-format", "Exit codes:");
    }

    @Test
    void the_help_names_every_command() {
        assertThat(CommandRun.of(launcher, "--help").out())
                .contains("  run ", "  demo ", "  check ", "  healthcheck ", "  ctl ", "  completion ")
                .doesNotContain("rehearse");
    }

    @Test
    void help_of_a_ctl_command_names_the_target_and_the_exit_codes_of_ctl() {
        String help = CommandRun.of(launcher, "ctl", "x:1", "recent", "--help").out();

        assertThat(help)
                .contains(
                        "Usage: pen-agent ctl TARGET recent [OPTION...] [SECONDS]\n",
                        "  1   refused, not to be seen on pen");
        assertThat(CommandRun.of(launcher, "ctl", "x:1", "pid", "--help").out()).contains("pen's process id.");
    }

    @Test
    void the_completion_script_knows_the_commands_of_ctl() {
        CommandRun run = CommandRun.of(launcher, "completion");

        assertThat(run.code()).isZero();
        assertThat(run.out()).startsWith("#!/usr/bin/env bash").contains("doctor", "--interval", "_complete_pen-agent");
    }

    @Test
    void the_version_is_that_of_the_build() {
        CommandRun run = CommandRun.of(launcher, "--version");

        assertThat(run.code()).isZero();
        assertThat(run.out()).matches("pen-agent \\d+\\.\\d+\\.\\d+\\S* \\((revision \\S+, )?java \\S+\\)\n");
    }

    @Test
    void a_start_that_fails_says_why_and_exits_with_one() {
        FakeLauncher failing = new FakeLauncher(() -> {
            throw new StartFailure("cannot listen on 0.0.0.0:10911 (pen-agent.web.listen): address in use");
        });

        CommandRun run = CommandRun.of(failing, "run", "--config", VALID);

        assertThat(run)
                .isEqualTo(new CommandRun(
                        1, "", "pen-agent: cannot listen on 0.0.0.0:10911 (pen-agent.web.listen): address in use\n"));
    }

    @Test
    void a_bug_exits_with_one() {
        FakeLauncher broken = new FakeLauncher(() -> {
            throw new IllegalStateException("a bug");
        });

        assertThat(CommandRun.of(broken, "run", "--config", VALID).code()).isEqualTo(1);
    }
}
