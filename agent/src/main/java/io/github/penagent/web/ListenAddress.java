package io.github.penagent.web;

/**
 * Where a listener binds.
 *
 * @param host the address to bind
 * @param port 0 to 65535; 0 takes a free one
 */
public record ListenAddress(String host, int port) {
    public ListenAddress {
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException("port must be between 0 and 65535");
        }
    }

    /** The same with the port that was got where a free one was asked for. */
    public ListenAddress at(int actualPort) {
        return new ListenAddress(host, actualPort);
    }

    /** How it is reached from the same machine: a wildcard can be listened on, and not be asked. */
    public ListenAddress near() {
        return switch (host) {
            case "0.0.0.0" -> new ListenAddress("127.0.0.1", port);
            case "::", "0:0:0:0:0:0:0:0" -> new ListenAddress("::1", port);
            default -> this;
        };
    }

    /** {@code host:port} or {@code [v6]:port}. */
    @Override
    public String toString() {
        return host.indexOf(':') >= 0 ? "[" + host + "]:" + port : host + ":" + port;
    }
}
