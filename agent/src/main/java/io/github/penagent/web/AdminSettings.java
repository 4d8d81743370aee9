package io.github.penagent.web;

/**
 * The listener through which things are changed. Its clients always have to show who they are, also on loopback.
 *
 * @param access who may change things
 * @param source where that is looked up again
 */
public record AdminSettings(ListenAddress listen, Access access, AccessSource source) {
    public AdminSettings {
        if (!access.demandsProof()) {
            throw new IllegalArgumentException("needs a token, users, or client certificates");
        }
    }
}
