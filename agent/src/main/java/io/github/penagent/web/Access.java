package io.github.penagent.web;

import java.util.Map;
import java.util.Optional;

/**
 * Who may enter through a listener, and how it presents itself. Equal if all contents of all files are.
 *
 * @param token a bearer token that is enough
 * @param users whose name and password are enough
 * @param headers that answers carry beside our own, or instead of them
 * @param rate of requests; unlimited if absent
 */
public record Access(
        Optional<TlsSettings> tls,
        Optional<Token> token,
        Map<String, PasswordHash> users,
        Map<String, String> headers,
        Optional<RequestRate> rate)
        implements AccessSource {
    /** Everybody, without TLS. */
    public static final Access OPEN =
            new Access(Optional.empty(), Optional.empty(), Map.of(), Map.of(), Optional.empty());

    public Access {
        users = Map.copyOf(users);
        headers = Map.copyOf(headers);
    }

    /** Those who have this token. */
    public static Access bearing(Token token) {
        return OPEN.with(token);
    }

    /** The same, and those who have this token. */
    public Access with(Token one) {
        return new Access(tls, Optional.of(one), users, headers, rate);
    }

    /** Whether a request has to name a token or a user. */
    boolean demandsWords() {
        return token.isPresent() || !users.isEmpty();
    }

    /** Whether nobody gets in who has not proved to be one of ours. */
    public boolean demandsProof() {
        return demandsWords()
                || tls.filter(t -> t.clients() == ClientPolicy.REQUIRE_AND_VERIFY)
                        .isPresent();
    }

    @Override
    public Access read() {
        return this;
    }
}
