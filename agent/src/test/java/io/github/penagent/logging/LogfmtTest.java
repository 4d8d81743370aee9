package io.github.penagent.logging;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LogfmtTest {
    private static final String HOSTILE =
            "\"\\= \t\r\n\0\u001b\u007f\u0085\u009b\u00a0\u2028\u2029\u202e\u2066\ud83d\ude00\ud800\udc00äß漢{}[]'%s$";
    private static final int LINES_PER_SEED = 2_000;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "plain | k=plain",
                "10.0.0.5:8888 | k=10.0.0.5:8888",
                "größer | k=größer",
                "'' | k=\"\"",
                "two words | k=\"two words\"",
                "a=b | k=\"a=b\"",
                "say \"hi\" | k=\"say \\\"hi\\\"\"",
                "C:\\pen | k=\"C:\\\\pen\"",
            })
    void values_are_quoted_only_where_needed(String value, String line) {
        assertThat(new Logfmt().put("k", value)).hasToString(line);
    }

    @Test
    void what_ends_a_line_or_steers_a_terminal_is_escaped() {
        assertThat(new Logfmt().put("k", "a\r\nb\tc\u001b[31m\u0085\u2028\u202e"))
                .hasToString("k=\"a\\r\\nb\\tc\\u001b[31m\\u0085\\u2028\\u202e\"");
    }

    @Test
    void emoji_are_kept_and_halves_of_them_escaped() {
        assertThat(new Logfmt().put("k", "😀\ud83d")).hasToString("k=\"😀\\ud83d\"");
    }

    @Test
    void a_key_cannot_break_out() {
        assertThat(new Logfmt().put("a b=\"\n", 1).put("", 2)).hasToString("a_b___=1 _=2");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void any_pairs_are_one_line_that_reads_back_as_them(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < LINES_PER_SEED; i++) {
            List<Map.Entry<String, String>> pairs = randomPairs(random);
            Logfmt logfmt = new Logfmt();
            pairs.forEach(pair -> logfmt.put(pair.getKey(), pair.getValue()));

            String line = new String(logfmt.toString().getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);

            assertThat(line).doesNotContainPattern("[\\x00-\\x1f\\x7f-\\x9f\\u2028\\u2029]");
            assertThat(ParsedLine.of(line)).isEqualTo(pairs);
        }
    }

    private static List<Map.Entry<String, String>> randomPairs(Random random) {
        List<Map.Entry<String, String>> pairs = new ArrayList<>();
        for (int n = 1 + random.nextInt(5); n > 0; n--) {
            pairs.add(Map.entry("key" + n, randomValue(random)));
        }
        return pairs;
    }

    private static String randomValue(Random random) {
        StringBuilder value = new StringBuilder();
        for (int n = random.nextInt(12); n > 0; n--) {
            value.append(
                    switch (random.nextInt(4)) {
                        case 0 -> (char) random.nextInt(0x10000);
                        case 1 -> (char) ('a' + random.nextInt(26));
                        default -> HOSTILE.charAt(random.nextInt(HOSTILE.length()));
                    });
        }
        return value.toString();
    }
}
