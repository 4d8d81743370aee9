package io.github.penagent.remediation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.scheduler.Schedulers;

class RecordsTest {
    private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000);

    private final Path folder;
    private final Path auditFile;
    private final DecisionLog shown = new DecisionLog();
    private final Records records;

    RecordsTest(@TempDir Path folder) {
        this.folder = folder;
        auditFile = folder.resolve("audit.jsonl");
        records = new Records(
                shown,
                new AuditLog(new AuditSettings(auditFile, AuditSettings.MIN_BYTES, 1), () -> NOW),
                new StateFile(folder.resolve("state.json")),
                Schedulers.immediate());
    }

    @Test
    void what_is_only_observed_is_shown_and_leaves_nothing_on_disk() {
        Decision observed = Decisions.refused(Decision.Kind.FAILING, Mode.OBSERVE);

        assertThat(records.note(observed, NOW).block()).isEmpty();
        assertThat(shown.newestFirst()).extracting(DecisionLog.Entry::decision).containsExactly(observed);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void what_would_be_done_is_on_file() {
        assertThat(records.note(Decisions.dryRun(Decision.Kind.EJECT), NOW).block())
                .contains(true);
        assertThat(auditFile).content().contains("\"phase\":\"decided\"").hasLineCount(1);
    }

    @Test
    void what_cannot_be_written_is_written_later_once() throws IOException {
        Files.createDirectory(auditFile);
        assertThat(records.retry().block()).as("nothing is to be written yet").isEmpty();
        assertThat(records.note(Decisions.dryRun(Decision.Kind.EJECT), NOW).block())
                .contains(false);
        assertThat(records.retry().block()).contains(false);

        Files.delete(auditFile);
        assertThat(records.retry().block()).contains(true);
        assertThat(records.retry().block()).isEmpty();
        assertThat(auditFile).content().hasLineCount(1);
    }

    @Test
    void a_command_that_was_not_sent_for_want_of_a_record_tells_whether_one_can_be_written_now() throws IOException {
        Decision decision = Decisions.taken(Decision.Kind.EJECT);
        Event.Done done = new Event.Done(0, "web", decision.id(), WriteOutcome.NOT_AUDITED, 0, "disk full");
        records.begin(decision, NOW);
        assertThat(records.end(decision, done).block())
                .as("it works again already")
                .contains(true);

        Files.delete(auditFile);
        Files.createDirectory(auditFile);
        assertThat(records.end(decision, done).block()).contains(false);
        assertThat(shown.newestFirst().get(0).end())
                .contains(new DecisionLog.End(WriteOutcome.NOT_AUDITED, "disk full"));
    }

    @Test
    void what_the_hand_has_written_down_is_not_written_twice() {
        Decision decision = Decisions.taken(Decision.Kind.EJECT);
        records.begin(decision, NOW);
        Event.Done done = new Event.Done(0, "web", decision.id(), WriteOutcome.WRITTEN, 0, "fine");

        assertThat(records.end(decision, done).block()).isEmpty();
        assertThat(shown.newestFirst().get(0).end()).contains(new DecisionLog.End(WriteOutcome.WRITTEN, "fine"));
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void holds_and_the_kill_switch_are_kept() {
        Hold hold = new Hold(Hold.Kind.KEEP_IN, "ann", "migration", 60_000_000_000L);
        records.keep(() -> Kept.of(true, Map.of("web", Map.of("10.0.0.2:80", hold)), 0, NOW))
                .block();

        StateFile.Loaded loaded = new StateFile(folder.resolve("state.json")).load(NOW);
        Kept.Held held =
                new Kept.Held("web", "10.0.0.2:80", Hold.Kind.KEEP_IN, "ann", "migration", NOW.plusSeconds(60));
        assertThat(loaded).isEqualTo(new StateFile.Loaded.Good(new Kept(true, List.of(held))));
    }

    @Test
    void a_state_file_that_cannot_be_written_is_no_error_to_the_caller() throws IOException {
        Files.createDirectories(folder.resolve("state.json").resolve("in the way"));

        assertThat(records.keep(() -> Kept.NOTHING).block()).isPresent();
    }
}
