package io.github.penagent.cluster.etcd;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** A secret text, a key in PEM included; it is not shown. */
public record Password(String reveal) {
    @Override
    public boolean equals(Object other) {
        return other instanceof Password that && MessageDigest.isEqual(bytes(), that.bytes());
    }

    @Override
    public int hashCode() {
        return reveal.hashCode();
    }

    private byte[] bytes() {
        return reveal.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return "<secret>";
    }
}
