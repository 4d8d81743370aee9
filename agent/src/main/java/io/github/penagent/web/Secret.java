package io.github.penagent.web;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** A word that must not be shown, nor be guessed from how long it takes to refuse another. */
public final class Secret {
    private final byte[] bytes;

    public Secret(String word) {
        bytes = word.getBytes(StandardCharsets.UTF_8);
    }

    boolean matches(String word) {
        return MessageDigest.isEqual(bytes, word.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return "<secret>";
    }
}
