package io.github.penagent.penctl;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A reading position in one reply. Moves forward, allocates nothing while things are well, and knows line and
 * column when they are not. Lines end in LF; only the space character separates words.
 */
final class Cursor {
    private static final int MAX_LONG_DIGITS = 18;

    private final byte[] bytes;
    private final int end;
    private int at;
    private int line = 1;
    private int lineStart;

    Cursor(byte[] bytes, int length) {
        this.bytes = bytes;
        this.end = length;
    }

    /** The one number of a reply that is one line. */
    static int onlyInt(Cursor reply) throws UnreadableReply {
        int value = reply.nonEmpty().integer();
        reply.endOfLine();
        reply.endOfReply();
        return value;
    }

    /** The whole reply as text, whatever it is. */
    static String anything(Cursor reply) {
        return new String(reply.bytes, 0, reply.end, StandardCharsets.ISO_8859_1);
    }

    /** The one line of a reply, printable characters only. */
    static String onlyText(Cursor reply) throws UnreadableReply {
        int from = reply.nonEmpty().at;
        while (reply.at < reply.end && reply.bytes[reply.at] != '\n') {
            if (!Text.printable((char) (reply.bytes[reply.at] & 0xff))) {
                throw reply.malformed("expected printable text");
            }
            reply.at++;
        }
        String text = new String(reply.bytes, from, reply.at - from, StandardCharsets.ISO_8859_1);
        reply.endOfLine();
        reply.endOfReply();
        return text;
    }

    /** This cursor, if there is anything to read at all: an empty reply is a refusal, not a value. */
    Cursor nonEmpty() throws UnreadableReply {
        if (end == 0) {
            throw new UnreadableReply(new Failure.Denied());
        }
        return this;
    }

    /** Whether the whole reply begins so. */
    boolean startsWith(String text) {
        return end >= text.length() && text.equals(new String(bytes, 0, text.length(), StandardCharsets.ISO_8859_1));
    }

    boolean atEnd() {
        return at == end;
    }

    boolean atLineEnd() {
        return at < end && bytes[at] == '\n';
    }

    int line() {
        return line;
    }

    /** Where in the reply this is, for {@link #backTo} and {@link #copy}. */
    int at() {
        return at;
    }

    /** Back to a place on this line. */
    void backTo(int place) {
        at = place;
    }

    byte[] copy(int from, int to) {
        return Arrays.copyOfRange(bytes, from, to);
    }

    /** Whether {@code text} stands at this place. */
    boolean stands(byte[] text, int place) {
        int to = place + text.length;
        return to <= end && Arrays.equals(bytes, place, to, text, 0, text.length);
    }

    /** Steps over {@code text} if the whole of it stands here. Unlike {@link #skip}, leaves it to others to say what is wrong if not. */
    boolean follows(byte[] text) {
        boolean here = stands(text, at);
        if (here) {
            at += text.length;
        }
        return here;
    }

    /** Steps over the LF that must stand here. */
    void endOfLine() throws UnreadableReply {
        if (at == end) {
            throw unfinished();
        }
        if (bytes[at] != '\n') {
            throw malformed("expected the end of the line");
        }
        at++;
        line++;
        lineStart = at;
    }

    void endOfReply() throws UnreadableReply {
        if (at != end) {
            throw malformed("expected the end of the reply");
        }
    }

    /** Steps over {@code word}, which must stand here. */
    void expect(byte[] word) throws UnreadableReply {
        if (!skip(word)) {
            throw malformed("expected '" + new String(word, StandardCharsets.US_ASCII) + "'");
        }
    }

    /** Steps over {@code word} if it stands here. */
    boolean skip(byte[] word) throws UnreadableReply {
        int p = at;
        for (byte expected : word) {
            if (p == end) {
                throw unfinished();
            }
            if (bytes[p++] != expected) {
                return false;
            }
        }
        at = p;
        return true;
    }

    /** Steps over a word of letters and underscores and tells how it reads; only for words this version does not know. */
    String word() throws UnreadableReply {
        int from = at;
        while (at < end && (Character.isLetterOrDigit(bytes[at]) || bytes[at] == '_')) {
            at++;
        }
        if (at == end) {
            throw unfinished();
        }
        if (at == from) {
            throw malformed("expected a word");
        }
        return new String(bytes, from, at - from, StandardCharsets.US_ASCII);
    }

    /** A signed decimal of 32 bits. */
    int integer() throws UnreadableReply {
        int start = at;
        long value = signed();
        if (value != (int) value) {
            at = start;
            throw malformed("expected a number of 32 bits");
        }
        return (int) value;
    }

    /** A signed decimal of 64 bits. */
    long signed() throws UnreadableReply {
        int start = at;
        boolean negative = at < end && bytes[at] == '-';
        if (negative) {
            at++;
        }
        long magnitude = unsigned();
        if (magnitude < 0 && !(negative && magnitude == Long.MIN_VALUE)) {
            at = start;
            throw malformed("expected a signed number of 64 bits");
        }
        return negative ? -magnitude : magnitude;
    }

    /** An unsigned decimal of 64 bits, in two's complement. */
    long unsigned() throws UnreadableReply {
        int start = at;
        int p = at;
        int stop = end;
        byte[] a = bytes;
        long value = 0;
        int digit;
        while (p < stop && (digit = a[p] - '0') >= 0 && digit <= 9) {
            value = value * 10 + digit;
            p++;
        }
        at = p;
        if (p == stop) {
            throw unfinished();
        }
        if (p == start) {
            throw malformed("expected a number");
        }
        return p - start <= MAX_LONG_DIGITS ? value : longNumber(start, p);
    }

    private long longNumber(int from, int to) throws UnreadableReply {
        try {
            return Long.parseUnsignedLong(new String(bytes, from, to - from, StandardCharsets.US_ASCII));
        } catch (NumberFormatException e) {
            at = from;
            throw malformed("expected a number of 64 bits");
        }
    }

    /**
     * The text up to, not including, the next {@code mark} on this line; may be empty. {@code last} is what stood here in an earlier
     * reply and is returned itself if it still does, so that an unchanged reply makes no garbage.
     */
    String textBefore(byte[] mark, String last) throws UnreadableReply {
        int known = at + last.length();
        if (!last.isEmpty() && known < end && bytes[known] == mark[0] && same(last)) {
            int back = at;
            at = known;
            if (skip(mark)) {
                at = known;
                return last;
            }
            at = back;
        }
        int from = at;
        int stop = find(mark);
        at = stop;
        return new String(bytes, from, stop - from, StandardCharsets.ISO_8859_1);
    }

    /** Whether {@code mark} stands only once in what is left, and not on this line: the text before it has line ends. */
    boolean isOneRowAcrossLines(byte[] mark) {
        int lineEnd = indexOf(new byte[] {'\n'}, at);
        int first = indexOf(mark, at);
        return lineEnd >= 0 && first > lineEnd && indexOf(mark, first + 1) < 0;
    }

    /** Steps to the next {@code mark}, which must be there, over whatever text; that is worth nothing. */
    String skipAcrossLines(byte[] mark) {
        int stop = indexOf(mark, at);
        for (; at < stop; at++) {
            if (bytes[at] == '\n') {
                line++;
                lineStart = at + 1;
            }
        }
        return "";
    }

    private int indexOf(byte[] mark, int from) {
        for (int p = from; p + mark.length <= end; p++) {
            if (Arrays.equals(bytes, p, p + mark.length, mark, 0, mark.length)) {
                return p;
            }
        }
        return -1;
    }

    private boolean same(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) != (bytes[at + i] & 0xff)) {
                return false;
            }
        }
        return true;
    }

    private int find(byte[] mark) throws UnreadableReply {
        for (; at < end && bytes[at] != '\n'; at++) {
            if (bytes[at] == mark[0]) {
                int here = at;
                boolean found = skip(mark);
                at = here;
                if (found) {
                    return here;
                }
            }
        }
        if (at == end) {
            throw unfinished();
        }
        throw malformed("expected '" + new String(mark, StandardCharsets.US_ASCII) + "'");
    }

    UnreadableReply malformed(String rule) {
        return new UnreadableReply(new Failure.Malformed(line, column(), rule));
    }

    private UnreadableReply unfinished() {
        return new UnreadableReply(new Failure.UnfinishedLine(line, end - lineStart + 1));
    }

    private int column() {
        return at - lineStart + 1;
    }
}
