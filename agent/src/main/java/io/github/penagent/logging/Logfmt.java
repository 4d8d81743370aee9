package io.github.penagent.logging;

/**
 * One line of {@code key=value} pairs. Values are written bare where that is unambiguous, else in quotes with backslash
 * escapes as in JSON, so that whatever a peer sends us can neither end the line nor steer a terminal.
 */
final class Logfmt {
    private final StringBuilder line = new StringBuilder(160);

    /** Adds a pair; characters that a key cannot have become {@code _}. */
    Logfmt put(String key, Object value) {
        if (line.length() > 0) {
            line.append(' ');
        }
        putKey(key);
        line.append('=');
        putValue(String.valueOf(value));
        return this;
    }

    /** The line, without its end. */
    @Override
    public String toString() {
        return line.toString();
    }

    private void putKey(String key) {
        if (key.isEmpty()) {
            line.append('_');
        }
        for (int i = 0; i < key.length(); i++) {
            line.append(isBare(key.charAt(i)) ? key.charAt(i) : '_');
        }
    }

    private void putValue(String value) {
        if (!value.isEmpty() && value.chars().allMatch(c -> isBare((char) c))) {
            line.append(value);
            return;
        }
        line.append('"');
        for (int i = 0; i < value.length(); i++) {
            putQuoted(value, i);
        }
        line.append('"');
    }

    private void putQuoted(String value, int at) {
        char c = value.charAt(at);
        switch (c) {
            case '"', '\\' -> line.append('\\').append(c);
            case '\n' -> line.append("\\n");
            case '\r' -> line.append("\\r");
            case '\t' -> line.append("\\t");
            default -> {
                if (isUnprintable(c) || isLoneSurrogate(value, at)) {
                    line.append(String.format("\\u%04x", (int) c));
                } else {
                    line.append(c);
                }
            }
        }
    }

    private static boolean isBare(char c) {
        return c != '='
                && c != '"'
                && c != '\\'
                && !Character.isWhitespace(c)
                && !Character.isSpaceChar(c)
                && !Character.isSurrogate(c)
                && !isUnprintable(c);
    }

    /** Controls, line ends of any alphabet, and what turns the direction of writing. */
    static boolean isUnprintable(char c) {
        return Character.isISOControl(c) || (c >= '\u2028' && c <= '\u202e') || (c >= '\u2066' && c <= '\u2069');
    }

    /** Half a character has no UTF-8. */
    private static boolean isLoneSurrogate(String value, int at) {
        char c = value.charAt(at);
        if (Character.isHighSurrogate(c)) {
            return at + 1 == value.length() || !Character.isLowSurrogate(value.charAt(at + 1));
        }
        return Character.isLowSurrogate(c) && (at == 0 || !Character.isHighSurrogate(value.charAt(at - 1)));
    }
}
