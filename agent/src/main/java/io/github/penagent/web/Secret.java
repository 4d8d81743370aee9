package io.github.penagent.web;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;

/** A word that must not be shown, nor be guessed from how long it takes to refuse another. */
public final class Secret {
    private final byte[] bytes;

    public Secret(String word) {
        bytes = word.getBytes(StandardCharsets.UTF_8);
    }

    boolean matches(String word) {
        return MessageDigest.isEqual(bytes, word.getBytes(StandardCharsets.UTF_8));
    }

    /** For those who cannot do without. */
    String reveal() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret that && MessageDigest.isEqual(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "<secret>";
    }
}
