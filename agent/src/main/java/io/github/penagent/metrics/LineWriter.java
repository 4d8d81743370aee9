package io.github.penagent.metrics;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes of exposition text under construction. Numbers are written without making garbage. Not thread-safe. */
final class LineWriter {
    private byte[] bytes;
    private int length;

    LineWriter(int capacity) {
        bytes = new byte[capacity];
    }

    int length() {
        return length;
    }

    void clear() {
        length = 0;
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, length);
    }

    LineWriter raw(byte[] part) {
        return raw(part, 0, part.length);
    }

    LineWriter raw(byte[] part, int from, int to) {
        room(to - from);
        System.arraycopy(part, from, bytes, length, to - from);
        length += to - from;
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
        int digits = 1;
        for (long rest = value; rest >= 10; rest /= 10) {
            digits++;
        }
        room(digits);
        long rest = value;
        for (int i = length + digits - 1; i >= length; i--) {
            long tens = rest / 10;
            bytes[i] = (byte) ('0' + rest - tens * 10);
            rest = tens;
        }
        length += digits;
        return this;
    }

    /** A number with {@code decimals} (1 to 9) decimals, of which closing zeros are left out. */
    LineWriter decimal(double value, int decimals) {
        long scale = 1;
        for (int i = 0; i < decimals; i++) {
            scale *= 10;
        }
        if (!(Math.abs(value) * scale < 9e18)) {
            return text(Double.toString(value));
        }
        long scaled = Math.round(value * scale);
        if (scaled < 0) {
            room(1);
            bytes[length++] = '-';
            scaled = -scaled;
        }
        unsigned(scaled / scale);
        long fraction = scaled % scale;
        if (fraction > 0) {
            room(1 + decimals);
            bytes[length++] = '.';
            for (long place = scale / 10; fraction > 0; place /= 10) {
                bytes[length++] = (byte) ('0' + fraction / place);
                fraction %= place;
            }
        }
        return this;
    }

    private void room(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
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
