package io.github.penagent.web;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import java.util.Map;

/**
 * What browsers are told with every answer. Nobody may frame, sniff, keep or embed what is here; there is no header that lets
 * other origins read it.
 */
final class SecurityHeaders {
    private static final String TRANSPORT = "Strict-Transport-Security";
    private static final Map<String, String> OURS = Map.of(
            "X-Content-Type-Options", "nosniff",
            "X-Frame-Options", "deny",
            "Referrer-Policy", "no-referrer",
            "Cross-Origin-Resource-Policy", "same-origin",
            "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");

    private SecurityHeaders() {}

    /** Sets them; a route may set its own instead. */
    static void on(HttpServerResponse response, Access access) {
        OURS.forEach(response::putHeader);
        response.putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        access.headers()
                .forEach(
                        (name, value) -> set(response, name, value, access.tls().isPresent()));
    }

    /** Over plain HTTP, the one that speaks of TLS has no meaning and must not be sent (RFC 6797, 7.2). */
    private static void set(HttpServerResponse response, String name, String value, boolean tls) {
        if (name.equals(TRANSPORT) && !tls) {
            return;
        }
        if (value.isEmpty()) {
            response.headers().remove(name);
        } else {
            response.putHeader(name, value);
        }
    }
}
