package io.github.penagent.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.spi.LoggingEvent;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.event.KeyValuePair;

/** Whatever pens, name servers, files and backends say, a log line is one line, and tells nothing that did not happen. */
class LogInjectionTest {
    /** What ends a line somewhere, steers a terminal or turns the direction of writing. */
    private static final Pattern UNPRINTABLE =
            Pattern.compile("[\\x00-\\x1f\\x7f-\\x9f\\u2028-\\u202e\\u2066-\\u2069]");

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build();

    static Stream<String> hostile() {
        Random random = new Random(20_261_121);
        Stream<String> garbage = IntStream.range(0, 50).mapToObj(i -> random.ints(random.nextInt(200), 0, 0x10000)
                .collect(StringBuilder::new, (text, c) -> text.append((char) c), StringBuilder::append)
                .toString());
        return Stream.concat(
                Stream.of(
                        "a\nts=2026-11-21T08:00:00Z level=error msg=forged",
                        "a\r\nlevel=error",
                        "a\rb",
                        "a\u0000b",
                        "\u001b[2J\u001b]0;title\u0007",
                        "\u009b2J",
                        "a\u0085b\u2028c\u2029d",
                        "\u202eevil\u2066",
                        "half \ud800 and \udc00",
                        "\" level=error x=\"",
                        "\\\" , \"level\": \"ERROR",
                        "{\"level\":\"ERROR\"}",
                        "%n%d{yyyy}${env:HOME}{}",
                        "\n".repeat(1_000_000),
                        "x".repeat(1_000_000)),
                garbage);
    }

    @ParameterizedTest(name = "{index}")
    @MethodSource("hostile")
    void logfmt_stays_one_line_with_the_pairs_it_was_given(String value) throws CharacterCodingException {
        for (boolean stacks : List.of(false, true)) {
            String line =
                    oneLine(new LogfmtLayout(stacks).doLayout(event(value)).getBytes(StandardCharsets.UTF_8));

            List<Map.Entry<String, String>> pairs = ParsedLine.of(line);
            assertThat(pairs).filteredOn(pair -> pair.getKey().equals("level")).hasSize(1);
            assertThat(pairs).extracting(Map.Entry::getKey).startsWith("ts", "level", "logger", "msg");
        }
    }

    @ParameterizedTest(name = "{index}")
    @MethodSource("hostile")
    void json_stays_one_line_and_one_object(String value) throws IOException {
        JsonEncoder encoder = new OneLineJson();
        encoder.setContext(new LoggerContext());
        encoder.start();

        String line = oneLine(encoder.encode(event(value)));

        List<String> strings = new ArrayList<>();
        List<String> names = new ArrayList<>();
        int objects = 0;
        try (JsonParser parser = JSON.createParser(line)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                objects += parser.getParsingContext().inRoot() && token == JsonToken.END_OBJECT ? 1 : 0;
                if (token == JsonToken.VALUE_STRING) {
                    strings.add(parser.getText());
                } else if (token == JsonToken.FIELD_NAME
                        && parser.getParsingContext().getParent().inRoot()) {
                    names.add(parser.currentName());
                }
            }
        }
        assertThat(objects).isEqualTo(1);
        assertThat(names).containsOnlyOnce("level");
        assertThat(strings).contains("WARN").anyMatch(value.replaceAll("[\\ud800-\\udfff]", "?")::equals);
    }

    private static String oneLine(byte[] bytes) throws CharacterCodingException {
        String text = StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes))
                .toString();
        assertThat(text).endsWith("\n");
        String line = text.substring(0, text.length() - 1);
        assertThat(UNPRINTABLE.matcher(line).find()).isFalse();
        return line;
    }

    /** The value wherever one can come from outside: in a pair, and in what an exception says. */
    private static LoggingEvent event(String value) {
        Throwable thrown = new IOException(value, new IllegalStateException(value));
        LoggingEvent event =
                new LoggingEvent("", new LoggerContext().getLogger("a.Poller"), Level.WARN, "pen lost", thrown, null);
        event.setInstant(Instant.parse("2026-11-21T08:00:00Z"));
        event.setMDCPropertyMap(Map.of());
        event.addKeyValuePair(new KeyValuePair("pen", value));
        return event;
    }
}
