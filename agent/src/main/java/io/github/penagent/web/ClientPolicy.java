package io.github.penagent.web;

import io.vertx.core.http.ClientAuth;

/** What is demanded of clients' certificates; the five policies that Go's TLS knows. */
public enum ClientPolicy {
    NONE(ClientAuth.NONE),
    /** Asked for, and not looked at. */
    REQUEST(ClientAuth.REQUEST),
    /** Whichever it is. */
    REQUIRE_ANY(ClientAuth.REQUIRED),
    VERIFY_IF_GIVEN(ClientAuth.REQUEST),
    REQUIRE_AND_VERIFY(ClientAuth.REQUIRED);

    private final ClientAuth handshake;

    ClientPolicy(ClientAuth handshake) {
        this.handshake = handshake;
    }

    ClientAuth handshake() {
        return handshake;
    }

    /** Whether a certificate that is given has to be vouched for. */
    public boolean verifies() {
        return this == VERIFY_IF_GIVEN || this == REQUIRE_AND_VERIFY;
    }
}
