package io.github.penagent.penctl;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a pen listens for control connections. Its text form is the one it was written in. */
public sealed interface Endpoint {

    /**
     * Reads {@code host:port}, {@code [v6]:port} or an absolute socket path.
     *
     * @throws IllegalArgumentException naming the rule that was broken
     */
    static Endpoint parse(String text) {
        return text.startsWith("/") ? new Unix(Path.of(text)) : Tcp.parse(text);
    }

    /** Alike for two spellings of one address; asks no resolver. */
    default String identity() {
        return toString().toLowerCase(Locale.ROOT);
    }

    /** A TCP control port. A host name is looked up anew for each connection, never by a blocking call. */
    record Tcp(String host, int port) implements Endpoint {
        private static final Pattern FORM =
                Pattern.compile("(?:\\[([0-9A-Fa-f:.%\\w]+)]|([^\\s:\\[\\]/]+)):(\\d{1,5})");

        public Tcp {
            if (host.isEmpty()) {
                throw new IllegalArgumentException("the host is missing");
            }
            if (port < 1 || port > 65535) {
                throw new IllegalArgumentException("the port must be between 1 and 65535");
            }
        }

        private static Tcp parse(String text) {
            Matcher m = FORM.matcher(text);
            if (!m.matches()) {
                throw new IllegalArgumentException("must be host:port, [IPv6]:port or an absolute socket path");
            }
            String v6 = m.group(1);
            return new Tcp(v6 != null ? v6 : m.group(2), Integer.parseInt(m.group(3)));
        }

        @Override
        public String toString() {
            return host.indexOf(':') >= 0 ? "[" + host + "]:" + port : host + ":" + port;
        }
    }

    /** A unix-domain socket: never checked against pen's access lists, protected by the file's mode alone. */
    record Unix(Path path) implements Endpoint {
        /** The room in {@code sockaddr_un}, less the closing NUL. */
        private static final int MAX_BYTES = 107;

        public Unix {
            int bytes = path.toString().getBytes(StandardCharsets.UTF_8).length;
            if (bytes > MAX_BYTES) {
                throw new IllegalArgumentException(
                        "a socket path may have at most " + MAX_BYTES + " bytes, this has " + bytes);
            }
        }

        @Override
        public String identity() {
            return path.normalize().toString();
        }

        @Override
        public String toString() {
            return path.toString();
        }
    }
}
