package io.github.penagent.health.probe;

import io.github.penagent.health.Result;
import java.util.Locale;

/** Makes any text one line of printable ASCII. */
final class Printable {
    private static final String CUT = "...";

    private Printable() {}

    /** At most {@link Result#MAX_MESSAGE} characters; what a terminal might obey is shown as its code. */
    static String line(String text) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < text.length() && line.length() <= Result.MAX_MESSAGE; i++) {
            append(line, text.charAt(i));
        }
        if (line.length() > Result.MAX_MESSAGE) {
            line.setLength(Result.MAX_MESSAGE - CUT.length());
            line.append(CUT);
        }
        return line.toString();
    }

    private static void append(StringBuilder line, char c) {
        if (c >= ' ' && c <= '~') {
            line.append(c);
        } else {
            line.append(String.format(Locale.ROOT, c <= 0xff ? "\\x%02x" : "\\u%04x", (int) c));
        }
    }
}
