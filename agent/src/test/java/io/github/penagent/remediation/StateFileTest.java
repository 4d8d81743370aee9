package io.github.penagent.remediation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StateFileTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final Kept KEPT = new Kept(
            true,
            List.of(
                    new Kept.Held("web", "10.0.0.2:80", Hold.Kind.KEEP_OUT, "ann", "new disk", NOW.plusSeconds(60)),
                    new Kept.Held("mail", "/run/a b", Hold.Kind.IGNORE, "b\"ob\\", "\r\n\u2028", NOW.plusSeconds(1))));

    private final Path folder;
    private final Path path;
    private final StateFile file;

    StateFileTest(@TempDir Path folder) {
        this.folder = folder;
        path = folder.resolve("state.json");
        file = new StateFile(path);
    }

    private Kept load(Instant now) {
        StateFile.Loaded loaded = file.load(now);
        assertThat(loaded).isInstanceOf(StateFile.Loaded.Good.class);
        return ((StateFile.Loaded.Good) loaded).kept();
    }

    @Test
    void what_was_saved_is_loaded() {
        assertThat(file.save(KEPT)).isEmpty();
        assertThat(load(NOW)).isEqualTo(KEPT);
        assertThat(file.save(Kept.NOTHING)).isEmpty();
        assertThat(load(NOW)).isEqualTo(Kept.NOTHING);
    }

    @Test
    void before_the_first_start_there_is_nothing() {
        assertThat(load(NOW)).isEqualTo(Kept.NOTHING);
    }

    @Test
    void holds_that_have_expired_are_dropped() {
        file.save(KEPT);
        assertThat(load(NOW.plusSeconds(1)).holds()).extracting(Kept.Held::pen).containsExactly("web");
        assertThat(load(NOW.plusSeconds(60))).isEqualTo(new Kept(true, List.of()));
    }

    @Test
    void a_hold_keeps_its_end_across_a_start_and_never_more_than_the_most() {
        Hold hold = new Hold(Hold.Kind.KEEP_IN, "ann", "why", 5_000_000_000L);
        Kept.Held held = Kept.Held.of("web", "a:1", hold, 2_000_000_000L, NOW);
        assertThat(held.until()).isEqualTo(NOW.plusSeconds(3));
        assertThat(held.hold(100, NOW.plusSeconds(1)).untilNanos()).isEqualTo(2_000_000_100L);
        assertThat(held.hold(0, NOW.minus(Duration.ofDays(9))).untilNanos()).isEqualTo(Hold.MAX.toNanos());
    }

    @Test
    void it_is_for_its_owner_alone_and_nothing_else_is_left() throws IOException {
        Files.writeString(folder.resolve("state.json.new"), "left by a crash");
        file.save(KEPT);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                .isEqualTo("rw-------");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(path);
        }
    }

    @Test
    void a_place_that_cannot_be_written_is_told_and_what_was_there_stays() throws IOException {
        file.save(KEPT);
        Files.createDirectories(folder.resolve("state.json.new/in-the-way"));
        assertThat(file.save(Kept.NOTHING)).isPresent();
        assertThat(load(NOW)).isEqualTo(KEPT);
        assertThat(new StateFile(folder.resolve("gone/state.json")).save(KEPT)).isPresent();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`` | line 1: expected an object, a list, a text, true or false",
                "{ | line 1: expected a text in quotes",
                "[] | must be an object with the keys kill_switch and holds",
                "{\"kill_switch\": true} | must be an object with the keys kill_switch and holds",
                "{\"kill_switch\": \"no\", \"holds\": []} | kill_switch: must be true or false",
                "{\"kill_switch\": false, \"holds\": {}} | holds: must be a list",
                "{\"kill_switch\": false, \"holds\": [], \"holds\": []} | line 1: expected each key once",
                "{\"kill_switch\": false, \"holds\": [],} | line 1: expected another value after the comma",
                "{\"kill_switch\": false, \"holds\": []}} | line 1: expected nothing more",
                "{\"kill_switch\": false, \"holds\": [1]} | line 1: expected an object, a list, a text, true or false",
                "{\"kill_switch\": false, \"holds\": [true]} | holds[0]: must be an object with the keys pen, address,"
                        + " kind, owner, reason and until",
                "[[[[[[[[[[]]]]]]]]]] | line 1: expected less depth",
            })
    void a_broken_file_is_one_problem_with_its_place(String text, String rule) throws IOException {
        Files.writeString(path, text);
        assertThat(file.load(NOW)).isEqualTo(new StateFile.Loaded.Bad(path + ": " + rule));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "keep-out | keep-off | holds[0].kind: must be keep-in, keep-out or ignore",
                "2026-11-21T12:01:00Z | soon | holds[0].until: must be a time such as 2026-01-31T12:00:00Z",
                "\"ann\" | false | holds[0]: each value must be a text in quotes",
                "new disk | new\\disk | line 4: expected an escape such as \\n or \\u0020",
            })
    void a_broken_hold_is_named(String right, String wrong, String rule) throws IOException {
        file.save(KEPT);
        Files.writeString(path, Files.readString(path).replace(right, wrong));
        assertThat(file.load(NOW)).isEqualTo(new StateFile.Loaded.Bad(path + ": " + rule));
    }

    @Test
    void whatever_the_file_is_loading_comes_to_one_line() throws IOException {
        file.save(KEPT);
        byte[] whole = Files.readAllBytes(path);
        Random random = new Random(1);
        for (int i = 0; i < 2_000; i++) {
            byte[] damaged = whole.clone();
            damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            Files.write(path, damaged);
            if (file.load(NOW) instanceof StateFile.Loaded.Bad bad) {
                assertThat(bad.problem()).startsWith(path + ": ").doesNotContainPattern("\\p{Cntrl}");
            }
        }
        Files.write(path, new byte[2_000_000]);
        assertThat(file.load(NOW)).isInstanceOf(StateFile.Loaded.Bad.class);
        Files.delete(path);
        Files.createDirectory(path);
        assertThat(file.load(NOW)).isInstanceOf(StateFile.Loaded.Bad.class);
    }
}
