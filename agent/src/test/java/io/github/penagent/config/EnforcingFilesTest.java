package io.github.penagent.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is demanded only where a pen enforces. */
class EnforcingFilesTest {
    private static final String PLACE = ":1: pen-agent.remediation.";
    private final Path folder;

    EnforcingFilesTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void the_defaults_may_enforce_and_asking_leaves_nothing_behind() throws IOException {
        assertThat(problems("enforce", "")).isEmpty();
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(folder.resolve("pen-agent.conf"));
        }
    }

    @Test
    void files_that_are_there_already_are_left_as_they_are() throws IOException {
        Path audit = Files.writeString(folder.resolve("pen-agent-audit.jsonl"), "{}\n");

        assertThat(problems("enforce", "")).isEmpty();
        assertThat(audit).hasContent("{}");
    }

    @Test
    void a_folder_that_is_not_there_is_named_for_both_files() throws IOException {
        assertThat(problems("enforce", "state-file = a/state, audit.file = b/audit"))
                .containsExactly(
                        PLACE + "state-file = \"a/state\": " + folder.resolve("a/state")
                                + " cannot be written: there is no folder " + folder.resolve("a"),
                        PLACE + "audit.file = \"b/audit\": " + folder.resolve("b/audit")
                                + " cannot be written: there is no folder " + folder.resolve("b"));
    }

    @Test
    void a_file_system_on_which_nothing_can_be_made_is_found_out() throws IOException {
        assertThat(problems("enforce", "audit.file = /proc/audit"))
                .containsExactly(PLACE
                        + "audit.file = \"/proc/audit\": /proc/audit cannot be written: no file can be made in /proc");
    }

    @Test
    void a_folder_in_place_of_a_file_is_named() throws IOException {
        assertThat(problems("enforce", "state-file = ."))
                .containsExactly(PLACE + "state-file = \".\": " + folder + " is a folder, not a file");
    }

    @Test
    void a_lease_that_cannot_be_renewed_in_time_is_refused_with_all_numbers() throws IOException {
        assertThat(problems("enforce", "lease = 15s"))
                .containsExactly(PLACE
                        + "lease = \"15s\": 15 s is too short where a pen enforces: must be at least 16 s, twice"
                        + " poll.interval (5 s) and poll.deadline (2 s) together and 2 s");
        assertThat(problems("enforce", "lease = 16s")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"off", "observe", "dry-run"})
    void nothing_of_this_matters_to_a_pen_that_does_less(String mode) throws IOException {
        assertThat(problems(mode, "lease = 6s, state-file = a/state, audit.file = b/audit"))
                .isEmpty();
    }

    @Test
    void nothing_of_this_matters_while_all_pens_do_less() throws IOException {
        assertThat(problems("enforce", "mode = dry-run, lease = 6s, state-file = a/state"))
                .isEmpty();
    }

    private List<String> problems(String modeOfPen, String keys) throws IOException {
        Path file = Files.writeString(
                folder.resolve("pen-agent.conf"),
                "pen-agent { pens = [ { name = web, control = \"10.0.0.5:8888\" } ], remediation { mode = enforce, pens { web = "
                        + modeOfPen + " }, " + keys + " } }");
        Loaded loaded = ConfigLoader.load(file);
        return loaded instanceof Loaded.Bad bad
                ? bad.problems().stream()
                        .map(problem ->
                                problem.toString().substring(file.toString().length()))
                        .toList()
                : List.of();
    }
}
