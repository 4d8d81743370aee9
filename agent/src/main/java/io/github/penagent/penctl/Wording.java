package io.github.penagent.penctl;

import io.netty.util.NetUtil;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * The words that may stand in an order. pen separates words by spaces, ends a command at the first line end and turns what
 * it does not understand into zero or into a call of the resolver; so everything is checked here, and nothing is quoted.
 */
final class Wording {
    static final int MAX_PORT = 65_535;
    private static final int MAX_PATH = 500;
    private static final Pattern CIPHERS = Pattern.compile("[A-Za-z0-9:+!@=_.,-]{1,500}");
    private static final Pattern COUNTRY = Pattern.compile("[A-Z]{2}");
    private static final Pattern NOT_FILES = Pattern.compile("/(dev|proc|sys)(/.*)?");

    private Wording() {}

    /**
     * The bytes of an IP address in numbers, 4 or 16 of them.
     *
     * @throws IllegalArgumentException for anything else; a name would make pen wait for its resolver
     */
    static byte[] address(String text) {
        byte[] bytes = text.indexOf('%') >= 0 || text.indexOf('[') >= 0
                ? null
                : NetUtil.createByteArrayFromIpAddressString(text);
        if (bytes == null) {
            throw new IllegalArgumentException(
                    "must be an IP address in numbers; a name would stop pen until its resolver answers");
        }
        return bytes;
    }

    /** As pen takes it: dotted quad, or eight groups without brackets. Mapped IPv4 stays IPv6. */
    static String text(byte[] address) {
        try {
            return address.length == 4
                    ? InetAddress.getByAddress(address).getHostAddress()
                    : Inet6Address.getByAddress(null, address, -1).getHostAddress();
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("an address has 4 or 16 bytes", e);
        }
    }

    static int port(int port) {
        return within("the port", port, 1, MAX_PORT);
    }

    static int within(String what, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(what + " must be between " + least + " and " + most + ", not " + value);
        }
        return value;
    }

    /**
     * A path on pen's machine. Nothing below {@code /dev}, {@code /proc} or {@code /sys}: opening a pipe or a device can
     * hang pen for ever.
     *
     * @throws IllegalArgumentException naming the rule that was broken
     */
    static String path(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) <= ' ' || text.charAt(i) > '~') {
                throw new IllegalArgumentException("a path for pen has printable ASCII characters only, and no spaces");
            }
        }
        if (!text.startsWith("/") || text.length() == 1 || text.length() > MAX_PATH) {
            throw new IllegalArgumentException("must be an absolute path of at most " + MAX_PATH + " characters");
        }
        if (!Path.of(text).normalize().toString().equals(text)) {
            throw new IllegalArgumentException("must be a path without '.', '..', '//' or a slash at its end");
        }
        if (NOT_FILES.matcher(text).matches()) {
            throw new IllegalArgumentException("must be a regular file: a pipe or a device can hang pen for ever");
        }
        return text;
    }

    /** A list of OpenSSL cipher names. */
    static String ciphers(String text) {
        return form(CIPHERS, text, "must be a list of ciphers as OpenSSL writes it, such as HIGH:!aNULL");
    }

    /** An ISO 3166 country code in capitals, as GeoIP tells it. */
    static String country(String text) {
        return form(COUNTRY, text, "must be a country code of two capital letters, such as SE");
    }

    private static String form(Pattern form, String text, String rule) {
        if (!form.matcher(Objects.requireNonNull(text)).matches()) {
            throw new IllegalArgumentException(rule);
        }
        return text;
    }
}
