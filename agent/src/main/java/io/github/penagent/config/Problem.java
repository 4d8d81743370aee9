package io.github.penagent.config;

import java.util.regex.Pattern;

/**
 * One thing wrong with a configuration file; its text form is one line: {@code FILE:LINE: KEY = VALUE: RULE}.
 *
 * @param file as the caller named it, or the included file in which the value stands
 * @param line from 1; 0 where the file as a whole is meant
 * @param text what is wrong
 */
public record Problem(String file, int line, String text) {
    /** What ends a line, steers a terminal or turns the direction of writing. */
    private static final Pattern UNPRINTABLE =
            Pattern.compile("[\\x00-\\x1f\\x7f-\\x9f\\u2028-\\u202e\\u2066-\\u2069]");

    public Problem {
        file = printable(file);
        text = printable(text);
    }

    @Override
    public String toString() {
        return line > 0 ? file + ":" + line + ": " + text : file + ": " + text;
    }

    /** With what would end or steer a line made visible. */
    public static String printable(String text) {
        return UNPRINTABLE
                .matcher(text)
                .replaceAll(m -> String.format("\\\\u%04x", (int) m.group().charAt(0)));
    }
}
