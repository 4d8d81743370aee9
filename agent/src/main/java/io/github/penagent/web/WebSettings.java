package io.github.penagent.web;

import java.util.Optional;

/**
 * The read-only listener.
 *
 * @param advertise the {@code host:port} that {@code /sd/targets} names; the request's own Host if absent
 * @param showClients whether clients' addresses may appear in JSON and pages
 * @param access who may read
 * @param source where that is looked up again
 */
public record WebSettings(
        ListenAddress listen, Optional<String> advertise, boolean showClients, Access access, AccessSource source) {

    /** For everybody, without TLS. */
    public static WebSettings open(ListenAddress listen, Optional<String> advertise, boolean showClients) {
        return new WebSettings(listen, advertise, showClients, Access.OPEN, Access.OPEN);
    }
}
