package io.github.penagent.demo;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Numeric addresses as the C library below pen reads and prints them: {@code 1.2} is {@code 1.0.0.2}, {@code 0x7f.1} is
 * {@code 127.0.0.1}, and the longest run of zeros is left out of an IPv6 address. Names are never looked up.
 */
final class IpLiteral {
    /** Starts with what keeps {@link InetAddress#getByName} from asking a resolver. */
    private static final Pattern V6 = Pattern.compile("[0-9A-Fa-f:][0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

    private static final int GROUPS = 8;

    private IpLiteral() {}

    /** The address, an {@link Inet6Address} for everything with a colon; null if it is none. */
    static @Nullable InetAddress read(String text) {
        try {
            if (!V6.matcher(text).matches()) {
                return readV4(text);
            }
            byte[] bytes = InetAddress.getByName(text).getAddress();
            return Inet6Address.getByAddress(null, bytes.length == 4 ? mapped(bytes) : bytes, -1);
        } catch (UnknownHostException e) {
            return null;
        }
    }

    static String print(InetAddress address) {
        return address instanceof Inet4Address ? address.getHostAddress() : printV6(address.getAddress());
    }

    private static @Nullable InetAddress readV4(String text) throws UnknownHostException {
        String[] parts = text.split("\\.", -1);
        if (parts.length > 4) {
            return null;
        }
        long value = 0;
        for (int i = 0; i < parts.length; i++) {
            boolean last = i == parts.length - 1;
            long part = number(parts[i]);
            if (part < 0 || part >= 1L << (last ? 8 * (4 - i) : 8)) {
                return null;
            }
            value |= last ? part : part << (8 * (3 - i));
        }
        return InetAddress.getByAddress(
                new byte[] {(byte) (value >> 24), (byte) (value >> 16), (byte) (value >> 8), (byte) value});
    }

    /** Decimal, {@code 0x} hexadecimal or {@code 0} octal; -1 for anything else. */
    private static long number(String part) {
        if (part.isEmpty() || !Character.isDigit(part.charAt(0)) || part.length() > 12) {
            return -1;
        }
        try {
            return Long.decode(part);
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    private static byte[] mapped(byte[] v4) {
        byte[] bytes = new byte[16];
        Arrays.fill(bytes, 10, 12, (byte) 0xff);
        System.arraycopy(v4, 0, bytes, 12, 4);
        return bytes;
    }

    private static String printV6(byte[] bytes) {
        int[] groups = new int[GROUPS];
        for (int i = 0; i < GROUPS; i++) {
            groups[i] = (bytes[2 * i] & 0xff) << 8 | (bytes[2 * i + 1] & 0xff);
        }
        int start = longestZeros(groups);
        int length = start < 0 ? 0 : zerosAt(groups, start);
        boolean v4Tail = start == 0 && (length == 6 || (length == 5 && groups[5] == 0xffff));
        int end = v4Tail ? 6 : GROUPS;
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < end; i++) {
            if (i == start) {
                text.append("::");
                i += length - 1;
            } else {
                text.append(separator(text)).append(Integer.toHexString(groups[i]));
            }
        }
        return v4Tail ? text.append(separator(text)).append(tail(bytes)).toString() : text.toString();
    }

    private static String separator(StringBuilder text) {
        return text.isEmpty() || text.charAt(text.length() - 1) == ':' ? "" : ":";
    }

    private static String tail(byte[] bytes) {
        return (bytes[12] & 0xff) + "." + (bytes[13] & 0xff) + "." + (bytes[14] & 0xff) + "." + (bytes[15] & 0xff);
    }

    /** Where the first of the longest runs of at least two zeros begins, or -1. */
    private static int longestZeros(int[] groups) {
        int best = -1;
        int length = 1;
        for (int i = 0; i < GROUPS; i++) {
            int zeros = zerosAt(groups, i);
            if (zeros > length) {
                best = i;
                length = zeros;
            }
        }
        return best;
    }

    private static int zerosAt(int[] groups, int from) {
        int i = from;
        while (i < GROUPS && groups[i] == 0) {
            i++;
        }
        return i - from;
    }
}
