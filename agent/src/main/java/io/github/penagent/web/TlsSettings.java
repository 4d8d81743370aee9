package io.github.penagent.web;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a listener shows of itself and demands of its clients, all in PEM: contents, not files, so that two that differ differ.
 *
 * @param certificate of the listener, followed by those that vouch for it
 * @param key of that certificate, not encrypted
 * @param clientAuthorities who vouch for clients; there if the policy verifies
 * @param allowedSans names of which a client's certificate must have one; empty: any
 * @param protocols in Java's words, such as TLSv1.3
 * @param cipherSuites that may be used; empty: what Java has by default
 */
public record TlsSettings(
        String certificate,
        Secret key,
        Optional<String> clientAuthorities,
        ClientPolicy clients,
        Set<String> allowedSans,
        Set<String> protocols,
        List<String> cipherSuites) {
    /** All that are safe. */
    public static final Set<String> PROTOCOLS = Set.of("TLSv1.2", "TLSv1.3");

    public TlsSettings {
        allowedSans = Set.copyOf(allowedSans);
        protocols = Set.copyOf(protocols);
        cipherSuites = List.copyOf(cipherSuites);
    }

    /** Takes certificate, key and authorities apart, to see whether they can be used and belong together. Empty if so. */
    public Optional<String> problem() {
        try {
            TlsMaterial.of(this);
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }
}
