package io.github.penagent.web;

import java.util.Optional;

/**
 * The listener through which things are changed. It needs a token, a client certificate, or both.
 *
 * @param host the address to bind
 * @param port 0 to 65535; 0 takes a free one
 * @param token what clients have to bear
 */
public record AdminSettings(String host, int port, Optional<Secret> token, Optional<TlsSettings> tls) {
    public AdminSettings {
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException("port must be between 0 and 65535");
        }
        if (token.isEmpty() && tls.flatMap(TlsSettings::clientAuthorities).isEmpty()) {
            throw new IllegalArgumentException("needs a token or client certificates");
        }
    }

    /** {@code host:port} or {@code [v6]:port}, with the port that was got where a free one was asked for. */
    public String address(int actualPort) {
        return host.indexOf(':') >= 0 ? "[" + host + "]:" + actualPort : host + ":" + actualPort;
    }
}
