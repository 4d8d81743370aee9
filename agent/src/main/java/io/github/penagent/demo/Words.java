package io.github.penagent.demo;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The words of one command line, first to last, read as pen reads them. */
final class Words {
    /** What pen takes from the socket; the rest of a longer command is lost. */
    private static final int MAX_BYTES = 4095;

    private static final Pattern END = Pattern.compile("[\r\n\0]");

    private final String text;
    private int at;

    /** Everything after the first CR, LF or NUL is no part of the command. */
    Words(String command) {
        String received = command.substring(0, Math.min(command.length(), MAX_BYTES));
        this.text = END.split(received, 2)[0];
    }

    /** The next word, or null after the last. Only the space separates: a tab is a letter like any other. */
    @Nullable
    String next() {
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
        int from = at;
        while (at < text.length() && text.charAt(at) != ' ') {
            at++;
        }
        return at == from ? null : text.substring(from, at);
    }

    /** A number as C's {@code atoi} sees it: garbage is 0, what follows the digits is ignored, 32 bits remain. */
    static int atoi(String word) {
        int p = 0;
        while (p < word.length() && (word.charAt(p) == '\t' || word.charAt(p) == 0x0b || word.charAt(p) == '\f')) {
            p++;
        }
        boolean negative = p < word.length() && word.charAt(p) == '-';
        if (negative || (p < word.length() && word.charAt(p) == '+')) {
            p++;
        }
        int from = p;
        while (p < word.length() && word.charAt(p) >= '0' && word.charAt(p) <= '9') {
            p++;
        }
        return (int) saturated(word.substring(from, p), negative);
    }

    /** The C library stops at the ends of 64 bits; only then is the upper half dropped. */
    private static long saturated(String digits, boolean negative) {
        if (digits.isEmpty()) {
            return 0;
        }
        try {
            return Long.parseLong(negative ? "-" + digits : digits);
        } catch (NumberFormatException e) {
            return negative ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
    }
}
