package io.github.penagent.metrics;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes of exposition text under construction. Numbers are written without making garbage. Not thread-safe. */
final class LineWriter {
    private static final int[] POWERS = {
        1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000
    };
    private static final int EIGHT_DIGITS = POWERS[8];

    /** A hundredth of 2^37, rounded up: exact for what is below 10^9, and quicker than a division, which the first compiler leaves one. */
    private static final long A_HUNDREDTH = 1_374_389_535;

    /** 00 to 99. */
    private static final byte[] PAIRS = pairs();

    private byte[] bytes;
    private int length;

    LineWriter(int capacity) {
        bytes = new byte[capacity];
    }

    private static byte[] pairs() {
        byte[] pairs = new byte[200];
        for (int i = 0; i < 100; i++) {
            pairs[2 * i] = (byte) ('0' + i / 10);
            pairs[2 * i + 1] = (byte) ('0' + i % 10);
        }
        return pairs;
    }

    int length() {
        return length;
    }

    void clear() {
        length = 0;
    }

    /** Takes back what was written since there were so many bytes. */
    void cut(int before) {
        length = before;
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, length);
    }

    String toText() {
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }

    /** What was written so far, up to {@link #length()}; good until the next write. */
    byte[] array() {
        return bytes;
    }

    LineWriter raw(byte[] part) {
        room(part.length);
        System.arraycopy(part, 0, bytes, length, part.length);
        length += part.length;
        return this;
    }

    /** What stands before a value. */
    LineWriter head(byte[] name, byte[] labels) {
        room(name.length + labels.length);
        System.arraycopy(name, 0, bytes, length, name.length);
        System.arraycopy(labels, 0, bytes, length + name.length, labels.length);
        length += name.length + labels.length;
        return this;
    }

    LineWriter text(String text) {
        return raw(text.getBytes(StandardCharsets.UTF_8));
    }

    /** A label's name and escaped value, {@code name="value"}. */
    LineWriter label(String name, String value) {
        return text(name).text("=\"").text(escaped(value)).text("\"");
    }

    LineWriter end() {
        room(1);
        bytes[length++] = '\n';
        return this;
    }

    LineWriter number(long value) {
        if (value < 0) {
            room(1);
            bytes[length++] = '-';
            // The magnitude of Long.MIN_VALUE is itself, read as unsigned.
            return unsigned(-value);
        }
        return unsigned(value);
    }

    /** Up to 2^64 - 1. */
    LineWriter unsigned(long value) {
        if (value < 0) {
            long tens = Long.divideUnsigned(value, 10);
            return unsigned(tens).unsigned(value - tens * 10);
        }
        if (value < EIGHT_DIGITS) {
            int small = (int) value;
            return digits(small, count(small));
        }
        long head = quotient(value, EIGHT_DIGITS, (long) (value * 1e-8));
        return unsigned(head).digits((int) (value - head * EIGHT_DIGITS), 8);
    }

    /** A division, which is done only if the guess is wrong: the first compiler has no quicker way to do it. */
    private static long quotient(long value, int divisor, long guess) {
        long rest = value - guess * divisor;
        return rest >= 0 && rest < divisor ? guess : value / divisor;
    }

    /** The digits of a number below 10^8. */
    private static int count(int value) {
        if (value < 10_000) {
            if (value < 100) {
                return value < 10 ? 1 : 2;
            }
            return value < 1_000 ? 3 : 4;
        }
        if (value < 1_000_000) {
            return value < 100_000 ? 5 : 6;
        }
        return value < 10_000_000 ? 7 : 8;
    }

    /**
     * So many digits, with zeros before them if need be.
     *
     * @param value from 0 to 999,999,999
     */
    private LineWriter digits(int value, int count) {
        room(count);
        int rest = value;
        int i = length + count;
        for (; i - length >= 2; i -= 2) {
            int hundreds = (int) ((rest * A_HUNDREDTH) >>> 37);
            int pair = (rest - hundreds * 100) * 2;
            bytes[i - 1] = PAIRS[pair + 1];
            bytes[i - 2] = PAIRS[pair];
            rest = hundreds;
        }
        if (i > length) {
            bytes[length] = (byte) ('0' + rest);
        }
        length += count;
        return this;
    }

    /** A number with {@code decimals} (1 to 9) decimals, of which closing zeros are left out. */
    LineWriter decimal(double value, int decimals) {
        int scale = POWERS[decimals];
        if (!(Math.abs(value) * scale < 9e18)) {
            return text(Double.toString(value));
        }
        long scaled = Math.round(value * scale);
        if (scaled < 0) {
            room(1);
            bytes[length++] = '-';
            scaled = -scaled;
        }
        long whole = quotient(scaled, scale, (long) Math.abs(value));
        int fraction = (int) (scaled - whole * scale);
        unsigned(whole);
        if (fraction > 0) {
            room(1);
            bytes[length++] = '.';
            digits(fraction, decimals);
            while (bytes[length - 1] == '0') {
                length--;
            }
        }
        return this;
    }

    /** Any number, to about fifteen digits and nine decimals. */
    LineWriter value(double value) {
        if ((long) value == value && Math.abs(value) < 1e15) {
            return number((long) value);
        }
        if (Double.isInfinite(value)) {
            return text(value > 0 ? "+Inf" : "-Inf");
        }
        return decimal(value, Math.abs(value) < 1e6 ? 9 : 3);
    }

    private void room(int more) {
        if (length + more > bytes.length) {
            grow(more);
        }
    }

    /** By itself, since the first compiler copies only short methods to where they are called. */
    private void grow(int more) {
        bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
    }

    private static String escaped(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '\\' || c == '"' || c == '\n') {
                return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
            }
        }
        return value;
    }
}
