package io.github.penagent.web;

import java.util.Optional;

/**
 * The read-only listener.
 *
 * @param host the address to bind
 * @param port 0 to 65535; 0 takes a free one
 * @param advertise the {@code host:port} that {@code /sd/targets} names; the request's own Host if absent
 * @param showClients whether clients' addresses may appear in JSON and pages
 */
public record WebSettings(String host, int port, Optional<String> advertise, boolean showClients) {
    public WebSettings {
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException("port must be between 0 and 65535");
        }
    }

    /** {@code host:port} or {@code [v6]:port}, with the port that was got where a free one was asked for. */
    public String address(int actualPort) {
        return host.indexOf(':') >= 0 ? "[" + host + "]:" + actualPort : host + ":" + actualPort;
    }
}
