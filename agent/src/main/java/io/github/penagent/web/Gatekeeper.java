package io.github.penagent.web;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.Base64;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/** Tells who makes a request, and whether that is somebody who may. For one event loop. */
final class Gatekeeper {
    private static final String BEARER = "Bearer ";
    private static final String BASIC = "Basic ";

    private final Passwords passwords;
    private Access access;

    Gatekeeper(Vertx vertx, Access access) {
        passwords = new Passwords(vertx, "pen-passwords");
        this.access = access;
    }

    Access access() {
        return access;
    }

    /** From now on these may enter. Connections that are open stay so. */
    void admits(Access now) {
        access = now;
    }

    /**
     * Who it is: a user's name, {@code token}, the subject of a certificate, or {@code anybody} where all may enter. Empty: nobody we
     * know. Fails with {@link Passwords.Busy} if that cannot be told now.
     */
    Future<Optional<String>> who(HttpServerRequest request) {
        if (!access.demandsWords()) {
            return Future.succeededFuture(Optional.of(subject(request).orElse("anybody")));
        }
        String given = String.valueOf(request.getHeader(HttpHeaders.AUTHORIZATION));
        if (access.token().isPresent() && given.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return bearer(access.token().get(), given.substring(BEARER.length()).strip());
        }
        if (!access.users().isEmpty() && given.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
            return basic(given.substring(BASIC.length()).strip());
        }
        return Future.succeededFuture(Optional.empty());
    }

    private Future<Optional<String>> bearer(Token token, String word) {
        Future<Boolean> right = token instanceof Token.Word plain
                ? Future.succeededFuture(plain.secret().matches(word))
                : passwords.matches(((Token.Hashed) token).hash(), word);
        return right.map(yes -> yes ? Optional.of("token") : Optional.empty());
    }

    private Future<Optional<String>> basic(String encoded) {
        String[] pair = decoded(encoded).split(":", 2);
        if (pair.length < 2) {
            return Future.succeededFuture(Optional.empty());
        }
        PasswordHash own = access.users().get(pair[0]);
        // Who is unknown takes as long to refuse as the one who takes longest.
        return passwords
                .matches(own == null ? costliest(access.users()) : own, pair[1])
                .map(same -> same && own != null ? Optional.of(pair[0]) : Optional.empty());
    }

    private static PasswordHash costliest(Map<String, PasswordHash> users) {
        return users.values().stream()
                .max(Comparator.comparingInt(PasswordHash::cost))
                .orElseThrow();
    }

    private static String decoded(String encoded) {
        try {
            return new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    /** Of a certificate that was verified; others prove nothing. */
    private Optional<String> subject(HttpServerRequest request) {
        SSLSession session = request.sslSession();
        if (session == null || access.tls().filter(t -> t.clients().verifies()).isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(session.getPeerPrincipal()).map(Principal::getName);
        } catch (SSLPeerUnverifiedException e) {
            return Optional.empty();
        }
    }

    /** What a client is asked for that has shown nothing. */
    Optional<String> challenge() {
        if (!access.users().isEmpty()) {
            return Optional.of("Basic");
        }
        return access.token().map(token -> "Bearer realm=\"pen-agent\"");
    }
}
