package io.github.penagent.demo;

import java.net.Inet4Address;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * Where a server is.
 *
 * @param host as pen prints it
 * @param port 0 to 65535; 1 for a socket path, 0 while there is no address
 */
record Address(Family family, String host, int port) {

    enum Family {
        NONE,
        INET,
        INET6,
        UNIX
    }

    /** A slot that only exists because a later one was named. Pen itself forgets the closing bracket. */
    static final Address NONE = new Address(Family.NONE, "(unknown address family 0", 0);

    /** The room in {@code sockaddr_un}, less the closing NUL. */
    private static final int MAX_PATH = 107;

    /**
     * The same port at another host, which is a numeric address or contains a slash; null if it is neither. Real pens
     * ask a resolver about other names; here no name exists.
     */
    @Nullable
    Address movedTo(String name) {
        if (name.indexOf('/') >= 0) {
            return new Address(Family.UNIX, name.substring(0, Math.min(name.length(), MAX_PATH)), 1);
        }
        InetAddress ip = IpLiteral.read(name);
        if (ip == null) {
            return null;
        }
        return new Address(ip instanceof Inet4Address ? Family.INET : Family.INET6, IpLiteral.print(ip), portBytes());
    }

    /** Lost on a slot without an IP address. Other numbers lose their upper bits: 70000 becomes 4464. */
    Address withPort(int number) {
        return family == Family.INET || family == Family.INET6 ? new Address(family, host, number & 0xffff) : this;
    }

    /** Whether pen passes the slot over when it picks a server (never slot 0, see {@link Servers}). */
    boolean isAny() {
        return family == Family.INET && host.equals("0.0.0.0");
    }

    /** A path begins where other addresses keep their port, and pen does not clear it. */
    private int portBytes() {
        if (family != Family.UNIX) {
            return port;
        }
        int second = host.length() > 1 ? host.charAt(1) & 0xff : 0;
        return (host.charAt(0) & 0xff) << 8 | second;
    }
}
