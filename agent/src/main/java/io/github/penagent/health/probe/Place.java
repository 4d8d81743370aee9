package io.github.penagent.health.probe;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/** Where a check goes, read from an address as pen lists it. */
sealed interface Place {

    /** A numeric address. */
    record Ip(InetAddress host, int port) implements Place {}

    /** A name, which only a witness has. */
    record Named(String host, int port) implements Place {}

    record Unix(String path) implements Place {}

    /** Not an address. */
    record Nowhere(String text) implements Place {}

    static Place of(String address) {
        if (address.startsWith("/")) {
            return new Unix(address);
        }
        int colon = address.lastIndexOf(':');
        int port = port(address.substring(colon + 1));
        if (colon <= 0 || port == 0) {
            return new Nowhere(address);
        }
        String host = address.substring(0, colon);
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        String bare = bracketed ? host.substring(1, host.length() - 1) : host;
        @Nullable InetAddress numeric = NetUtil.createInetAddressFromIpAddressString(bare);
        return numeric != null ? new Ip(numeric, port) : bracketed ? new Nowhere(address) : new Named(bare, port);
    }

    private static int port(String text) {
        if (!text.matches("\\d{1,5}")) {
            return 0;
        }
        int port = Integer.parseInt(text);
        return port <= 65_535 ? port : 0;
    }
}
