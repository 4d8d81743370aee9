package io.github.penagent.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class InvalidFilesTest {

    static List<Path> invalid() throws IOException {
        return Fixtures.invalid();
    }

    @ParameterizedTest
    @MethodSource("invalid")
    void every_broken_rule_is_told_in_its_own_line(Path file) throws IOException {
        List<String> expected = Fixtures.expected(file);

        Loaded loaded = ConfigLoader.load(file);

        assertThat(loaded).isInstanceOf(Loaded.Bad.class);
        assertThat(Fixtures.withoutFolder(lines((Loaded.Bad) loaded))).isEqualTo(expected);
    }

    private static List<String> lines(Loaded.Bad bad) {
        return bad.problems().stream().map(Problem::toString).toList();
    }
}
