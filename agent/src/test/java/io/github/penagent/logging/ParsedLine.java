package io.github.penagent.logging;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads a logfmt line back, as a log store would. */
public final class ParsedLine {
    private final String line;
    private final List<Map.Entry<String, String>> pairs = new ArrayList<>();
    private int at;

    private ParsedLine(String line) {
        this.line = line;
    }

    /**
     * The pairs in their order.
     *
     * @throws IllegalArgumentException if the text is not one well-formed line
     */
    public static List<Map.Entry<String, String>> of(String line) {
        ParsedLine parsed = new ParsedLine(line);
        while (parsed.at < line.length()) {
            parsed.pair();
        }
        return parsed.pairs;
    }

    private void pair() {
        int equals = line.indexOf('=', at);
        if (equals <= at) {
            throw new IllegalArgumentException("no key at " + at);
        }
        String key = line.substring(at, equals);
        at = equals + 1;
        pairs.add(Map.entry(key, at < line.length() && line.charAt(at) == '"' ? quoted() : bare()));
    }

    private String bare() {
        int end = line.indexOf(' ', at) < 0 ? line.length() : line.indexOf(' ', at);
        String value = line.substring(at, end);
        at = end + 1;
        return value;
    }

    private String quoted() {
        StringBuilder value = new StringBuilder();
        at++;
        while (line.charAt(at) != '"') {
            value.append(line.charAt(at) == '\\' ? escaped() : line.charAt(at));
            at++;
        }
        at++;
        if (at < line.length() && line.charAt(at) != ' ') {
            throw new IllegalArgumentException("no space at " + at);
        }
        at++;
        return value.toString();
    }

    private char escaped() {
        at++;
        return switch (line.charAt(at)) {
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> unicode();
            default -> line.charAt(at);
        };
    }

    private char unicode() {
        char c = (char) Integer.parseInt(line.substring(at + 1, at + 5), 16);
        at += 4;
        return c;
    }
}
