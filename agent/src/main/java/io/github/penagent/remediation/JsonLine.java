package io.github.penagent.remediation;

import java.util.List;
import java.util.Optional;

/**
 * One JSON object on one line. Whatever is not a printable ASCII character is escaped, so that no text from outside can end the
 * line, steer a terminal or turn the direction of writing.
 */
final class JsonLine {
    /** Longer texts are cut: a record is to be read, and its file has a bound. */
    private static final int MAX_TEXT = 1_000;

    private final StringBuilder json = new StringBuilder("{");

    JsonLine text(String key, String value) {
        return raw(key, quoted(value));
    }

    /** {@code null} if absent. */
    JsonLine text(String key, Optional<String> value) {
        return raw(key, value.map(JsonLine::quoted).orElse("null"));
    }

    JsonLine number(String key, long value) {
        return raw(key, Long.toString(value));
    }

    JsonLine flag(String key, boolean value) {
        return raw(key, Boolean.toString(value));
    }

    JsonLine list(String key, List<JsonLine> objects) {
        return raw(
                key,
                "[" + String.join(",", objects.stream().map(JsonLine::toString).toList()) + "]");
    }

    private JsonLine raw(String key, String value) {
        json.append(json.length() > 1 ? "," : "")
                .append(quoted(key))
                .append(':')
                .append(value);
        return this;
    }

    /** The object, without a line end. */
    @Override
    public String toString() {
        return json + "}";
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < Math.min(text.length(), MAX_TEXT); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c >= ' ' && c <= '~') {
                quoted.append(c);
            } else {
                quoted.append(String.format("\\u%04x", (int) c));
            }
        }
        return quoted.append(text.length() > MAX_TEXT ? "..." : "").append('"').toString();
    }
}
