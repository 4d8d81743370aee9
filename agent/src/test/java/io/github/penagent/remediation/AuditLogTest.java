package io.github.penagent.remediation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.penagent.remediation.guard.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditLogTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-21T12:00:00.1234Z"));

    private final Path folder;
    private final Path file;

    AuditLogTest(@TempDir Path folder) {
        this.folder = folder;
        file = folder.resolve("audit.jsonl");
    }

    private static AuditLog log(Path file, int keep) {
        return new AuditLog(new AuditSettings(file, AuditSettings.MIN_BYTES, keep), CLOCK);
    }

    private static Decision decision(long id, String evidence) {
        return new Decision(
                id,
                5,
                "web",
                1,
                "10.0.0.2:80",
                Decision.Kind.EJECT,
                Mode.ENFORCE,
                Optional.of(Source.CHECK),
                evidence,
                List.of(new Answer("cap", true, "1 of 3"), new Answer("mode", false, "observe")),
                Optional.of("mode"),
                20);
    }

    @Test
    void a_record_has_these_fields_in_this_order() throws IOException {
        AuditLog log = log(file, 1);
        assertThat(log.decided(decision(7, "refused"))).isEmpty();
        assertThat(log.outcome(decision(7, "refused"), WriteOutcome.CONFIRMED, "20 s left"))
                .isEmpty();
        String common = "{\"time\":\"2026-11-21T12:00:00.123Z\",\"id\":7,\"pen\":\"web\",\"server\":1,"
                + "\"address\":\"10.0.0.2:80\",\"decision\":\"eject\",\"mode\":\"enforce\",\"source\":\"check\","
                + "\"evidence\":\"refused\",\"guards\":[{\"guard\":\"cap\",\"passes\":true,\"words\":\"1 of 3\"},"
                + "{\"guard\":\"mode\",\"passes\":false,\"words\":\"observe\"}],\"refused_by\":\"mode\","
                + "\"lease_seconds\":20,\"phase\":";
        assertThat(Files.readAllLines(file))
                .containsExactly(
                        common + "\"decided\"}",
                        common + "\"outcome\",\"outcome\":\"confirmed\",\"seen\":\"20 s left\"}");
    }

    @Test
    void the_file_is_for_its_owner_alone() throws IOException {
        log(file, 1).decided(decision(1, ""));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void no_text_from_outside_ends_a_line_or_a_value() throws Exception {
        String hostile = "a\"}\r\n{\"id\":1}\\\0\u001b[31m\u0085\u2028\u202e\ud800\uffff\u00e9,";
        assertThat(log(file, 1).decided(decision(1, hostile))).isEmpty();
        List<String> lines = Files.readAllLines(file);
        assertThat(lines).singleElement().asString().matches("[ -~]+");
        String value = lines.get(0).replaceFirst(".*\"evidence\":", "").replaceFirst(",\"guards\".*", "");
        assertThat(JsonText.read(value)).isEqualTo(hostile);
    }

    @Test
    void a_text_without_end_is_cut() throws IOException {
        log(file, 1).decided(decision(1, "x".repeat(1_000_000)));
        assertThat(Files.size(file)).isLessThan(2_000);
    }

    @Test
    void files_stay_within_their_size_and_number_and_no_record_is_torn() throws IOException {
        AuditLog log = log(file, 2);
        for (int i = 0; i < 2_000; i++) {
            assertThat(log.decided(decision(i, "e".repeat(i % 300)))).isEmpty();
        }
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(path -> path.getFileName().toString()))
                    .containsExactlyInAnyOrder("audit.jsonl", "audit.jsonl.1", "audit.jsonl.2");
        }
        assertThat(Files.size(folder.resolve("audit.jsonl.1")))
                .isBetween(AuditSettings.MIN_BYTES - 2_000, AuditSettings.MIN_BYTES);
        assertThat(Files.size(file)).isLessThanOrEqualTo(AuditSettings.MIN_BYTES);
        List<String> last = Files.readAllLines(file);
        assertThat(last).allMatch(line -> line.startsWith("{\"time\"") && line.endsWith("\"decided\"}"));
        assertThat(last).last().asString().contains("\"id\":1999,");
        assertThat(Files.readAllLines(folder.resolve("audit.jsonl.1")))
                .last()
                .asString()
                .contains("\"id\":" + (2_000 - last.size() - 1) + ",");
    }

    @Test
    void a_file_of_an_earlier_run_is_continued() throws IOException {
        log(file, 1).decided(decision(1, ""));
        log(file, 1).decided(decision(1, ""));
        assertThat(file).content().hasLineCount(2);
    }

    @Test
    void a_full_disk_is_a_failure_every_time() {
        AuditLog log = log(Path.of("/dev/full"), 1);
        for (int i = 0; i < 3; i++) {
            assertThat(log.decided(decision(i, ""))).get().asString().contains("No space left");
        }
    }

    @Test
    void a_record_after_a_torn_one_has_a_line_of_its_own() throws IOException {
        Files.writeString(file, "{\"time\":\"20");
        AuditLog log = log(file, 1);
        log.decided(decision(1, ""));
        log.decided(decision(2, ""));
        assertThat(Files.readAllLines(file)).hasSize(3).first().isEqualTo("{\"time\":\"20");
    }

    @Test
    void a_folder_that_is_gone_is_a_failure_until_it_is_there_again() throws IOException {
        Path gone = folder.resolve("gone");
        AuditLog log = log(gone.resolve("audit.jsonl"), 1);
        assertThat(log.decided(decision(1, ""))).isPresent();
        Files.createDirectory(gone);
        assertThat(log.decided(decision(2, ""))).isEmpty();
        Files.delete(gone.resolve("audit.jsonl"));
        Files.delete(gone);
        assertThat(log.decided(decision(3, ""))).isPresent();
        Files.createDirectory(gone);
        assertThat(log.decided(decision(4, ""))).isEmpty();
        assertThat(gone.resolve("audit.jsonl")).content().hasLineCount(1);
    }

    @Test
    void a_file_that_cannot_be_put_aside_does_not_grow() throws IOException {
        Files.write(file, new byte[(int) AuditSettings.MIN_BYTES]);
        Files.createDirectories(folder.resolve("audit.jsonl.1/in-the-way"));
        AuditLog log = log(file, 1);
        assertThat(log.decided(decision(1, ""))).isPresent();
        assertThat(file).hasSize(AuditSettings.MIN_BYTES);
        Files.delete(folder.resolve("audit.jsonl.1/in-the-way"));
        assertThat(log.decided(decision(1, ""))).isEmpty();
    }
}
