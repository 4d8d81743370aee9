package io.github.penagent.cluster.etcd;

import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/** Keys and values as the gateway wants them. */
final class Keys {
    private Keys() {}

    static String encoded(String text) {
        return encoded(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String encoded(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    /** The range of all keys that begin with this. */
    static JsonObject under(String prefix) {
        return new JsonObject().put("key", encoded(prefix)).put("range_end", encoded(end(prefix)));
    }

    /** The same, but for the keys up to and including this one. */
    static JsonObject after(String last, String prefix) {
        return new JsonObject().put("key", encoded(last + "\0")).put("range_end", encoded(end(prefix)));
    }

    /** The first key that is behind all with this prefix. No byte of UTF-8 is the highest there is. */
    private static byte[] end(String prefix) {
        byte[] bytes = prefix.getBytes(StandardCharsets.UTF_8);
        if (bytes.length == 0) {
            throw new IllegalArgumentException("no prefix");
        }
        byte[] end = Arrays.copyOf(bytes, bytes.length);
        end[end.length - 1]++;
        return end;
    }
}
