package io.github.penagent.penctl;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where a backend listens, as a caller writes it. Only {@link Ip} and {@link Path} are ever sent to a pen. */
sealed interface ServerAddress {
    /**
     * Reads {@code host:port}, {@code [v6]:port} or an absolute socket path.
     *
     * @throws IllegalArgumentException naming the rule that was broken
     */
    static ServerAddress parse(String text) {
        return text.startsWith("/") ? new Path(text) : Form.read(text);
    }

    /** What {@code servers} shows in a slot that is in use, in the form that {@link #parse} gives. */
    static String canonical(String host, int port) {
        byte @Nullable [] bytes = NetUtil.createByteArrayFromIpAddressString(host);
        if (bytes == null) {
            return host.startsWith("/") ? host : host + ":" + port;
        }
        return new Ip(Form.numeric(bytes), port).toString();
    }

    /** The reason why {@code version} must not be sent this, or an empty text. */
    String objection(PenVersion version);

    /** As in pen's command: the address first, since a new slot loses a port that comes before it. */
    String words();

    /** What a slot looks like that has this address. */
    ServerRow in(ServerRow row);

    /**
     * {@code host}, unless it stands for no host or for many: pen marks unused slots with 0.0.0.0, and Linux connects to itself
     * instead.
     *
     * @throws IllegalArgumentException if it does
     */
    static InetAddress single(InetAddress host) {
        if (host.isAnyLocalAddress()) {
            throw new IllegalArgumentException("that address marks an unused slot");
        }
        byte[] bytes = host.getAddress();
        boolean broadcast = bytes.length == 4 && (bytes[0] & bytes[1] & bytes[2] & bytes[3]) == -1;
        if (host.isMulticastAddress() || broadcast) {
            throw new IllegalArgumentException("a server has an address of its own, not one of many");
        }
        return host;
    }

    /** A numeric address. */
    record Ip(InetAddress host, int port) implements ServerAddress {
        public Ip {
            checkPort(port);
        }

        boolean v6() {
            return host.getAddress().length > 4;
        }

        @Override
        public String objection(PenVersion version) {
            return v6() && !version.atLeast(PenVersion.V0_25)
                    ? "an IPv6 address ends pen 0.21; this one is " + version
                    : "";
        }

        @Override
        public String words() {
            return "address " + word() + " port " + port;
        }

        @Override
        public ServerRow in(ServerRow row) {
            return row.at(word(), port);
        }

        /** As pen takes it: without brackets. */
        private String word() {
            return NetUtil.toAddressString(host);
        }

        @Override
        public String toString() {
            return v6() ? "[" + word() + "]:" + port : word() + ":" + port;
        }
    }

    /** A host name, which pen would look up by a blocking call: to be resolved, never sent. */
    record Name(String host, int port) implements ServerAddress {
        public Name {
            checkPort(port);
        }

        @Override
        public String objection(PenVersion version) {
            return "a host name is never sent to a pen";
        }

        @Override
        public String words() {
            throw new IllegalStateException(objection(PenVersion.UNKNOWN));
        }

        @Override
        public ServerRow in(ServerRow row) {
            throw new IllegalStateException(objection(PenVersion.UNKNOWN));
        }

        @Override
        public String toString() {
            return host + ":" + port;
        }
    }

    /** A unix socket. */
    record Path(String path) implements ServerAddress {
        /** The room in {@code sockaddr_un}, less the closing NUL. */
        private static final int MAX_BYTES = 107;

        public Path {
            for (int i = 0; i < path.length(); i++) {
                if (path.charAt(i) <= ' ' || path.charAt(i) > '~' || path.charAt(i) == '#') {
                    throw new IllegalArgumentException(
                            "a socket path is printable ASCII without spaces and without #, which pen takes for words of their own");
                }
            }
            if (path.length() < 2 || path.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
                throw new IllegalArgumentException("a socket path has 2 to " + MAX_BYTES + " characters");
            }
        }

        @Override
        public String objection(PenVersion version) {
            return version.atLeast(PenVersion.V0_27)
                    ? ""
                    : "socket paths take pen 0.27 or later; this one is " + version;
        }

        @Override
        public String words() {
            return "address " + path;
        }

        /** pen shows 1 for a port. */
        @Override
        public ServerRow in(ServerRow row) {
            return row.at(path, 1);
        }

        @Override
        public String toString() {
            return path;
        }
    }

    private static void checkPort(int port) {
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("the port must be between 1 and 65535, not " + port);
        }
    }

    /** The text forms. */
    final class Form {
        private static final Pattern HOST_PORT =
                Pattern.compile("(?:\\[([^\\[\\]]{1,45})]|([^\\s:\\[\\]/]{1,253})):(\\d{1,5})");
        private static final String LABEL = "[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?";
        private static final Pattern NAME = Pattern.compile(LABEL + "(?:\\." + LABEL + ")*\\.?");

        /** The C library reads names like these as numbers, each part standing for several bytes. */
        private static final Pattern NUMBER_AT_END = Pattern.compile("(?:.*\\.)?(?:\\d+|0[xX][0-9A-Fa-f]*)\\.?");

        private Form() {}

        private static ServerAddress read(String text) {
            Matcher m = HOST_PORT.matcher(text);
            if (!m.matches()) {
                throw new IllegalArgumentException("must be host:port, [IPv6]:port or an absolute socket path");
            }
            int port = Integer.parseInt(m.group(3));
            @Nullable String v6 = m.group(1);
            @Nullable String host = m.group(2);
            if (v6 != null) {
                return new Ip(single(v6(v6)), port);
            }
            return host == null ? read("") : named(host, port);
        }

        private static ServerAddress named(String host, int port) {
            byte @Nullable [] bytes = NetUtil.createByteArrayFromIpAddressString(host);
            if (bytes != null) {
                return new Ip(single(numeric(bytes)), port);
            }
            if (!NAME.matcher(host).matches() || NUMBER_AT_END.matcher(host).matches()) {
                throw new IllegalArgumentException("neither an IP address nor a host name");
            }
            return new Name(host, port);
        }

        private static InetAddress v6(String text) {
            byte @Nullable [] bytes = text.indexOf(':') < 0 || text.indexOf('%') >= 0
                    ? null
                    : NetUtil.createByteArrayFromIpAddressString(text);
            if (bytes == null) {
                throw new IllegalArgumentException("not an IPv6 address, which pen takes without a zone");
            }
            return numeric(bytes);
        }

        /** An IPv4 address in IPv6 clothes is that IPv4 address. */
        static InetAddress numeric(byte[] bytes) {
            try {
                return InetAddress.getByAddress(bytes);
            } catch (UnknownHostException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
