package io.github.penagent.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DamagedFilesTest {
    private static final String HOSTILE = "{}[]()\"\\$?:=,.#/+-%\0\u001b\r\n 09azé\u2028\u202e\u0085";
    private static final int FILES_PER_SEED = 300;

    private final Path folder;

    DamagedFilesTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void any_file_is_either_good_or_has_problems_of_one_line_each(long seed) throws IOException {
        Random random = new Random(seed);
        String whole = Files.readString(Fixtures.file("valid-full.conf"));
        Path file = folder.resolve("damaged.conf");
        for (int i = 0; i < FILES_PER_SEED; i++) {
            Files.write(file, damaged(whole, random).getBytes(StandardCharsets.UTF_8));
            if (ConfigLoader.load(file) instanceof Loaded.Bad bad) {
                assertThat(bad.problems()).isNotEmpty().allSatisfy(problem -> assertThat(problem.toString())
                        .doesNotContainPattern("[\\p{Cntrl}\\x80-\\x9f\\u2028\\u2029\\u202e]"));
            }
        }
    }

    private static String damaged(String whole, Random random) {
        StringBuilder text = new StringBuilder(whole);
        for (int hits = 1 + random.nextInt(4); hits > 0; hits--) {
            int at = random.nextInt(text.length());
            char hostile = HOSTILE.charAt(random.nextInt(HOSTILE.length()));
            switch (random.nextInt(3)) {
                case 0 -> text.deleteCharAt(at);
                case 1 -> text.insert(at, hostile);
                default -> text.setCharAt(at, hostile);
            }
        }
        return text.toString();
    }
}
