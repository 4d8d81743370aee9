package io.github.penagent.cluster.etcd;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** What is asked for many keys at once. Each key's part is decided by itself: it is a transaction inside another. */
final class Transactions {
    /** etcd takes 128 by default, and counts those inside on top. */
    static final int MAX_PARTS = 120;

    /** etcd takes 1.5 MiB by default; of keys and values, before base64. */
    static final int MAX_BYTES = 256 * 1024;

    private static final String PATH = "kv/txn";

    private Transactions() {}

    /** Puts what does not exist; tells what exists. */
    static List<Call> claims(long lease, List<KeyValue> wanted) {
        return calls(wanted, pair -> inner(compare(pair.key(), "CREATE").put("create_revision", "0"))
                .put("success", new JsonArray().add(put(lease, pair)))
                .put("failure", new JsonArray().add(op("range", key(pair.key())))));
    }

    static List<Call> puts(long lease, List<KeyValue> values) {
        return split(values).stream()
                .map(part -> call(part.stream().map(pair -> put(lease, pair)).toList()))
                .toList();
    }

    static List<Call> releases(long lease, List<String> keys) {
        return calls(keys.stream().map(key -> new KeyValue(key, "")).toList(), pair -> inner(
                        compare(pair.key(), "LEASE").put("lease", Long.toString(lease)))
                .put("success", new JsonArray().add(op("delete_range", key(pair.key())))));
    }

    private static List<Call> calls(List<KeyValue> all, Function<KeyValue, JsonObject> inner) {
        return split(all).stream()
                .map(part -> call(
                        part.stream().map(pair -> op("txn", inner.apply(pair))).toList()))
                .toList();
    }

    private static Call call(List<JsonObject> parts) {
        return new Call(PATH, new JsonObject().put("success", new JsonArray(parts)));
    }

    static List<List<KeyValue>> split(List<KeyValue> all) {
        List<List<KeyValue>> parts = new ArrayList<>();
        List<KeyValue> part = new ArrayList<>();
        int bytes = 0;
        for (KeyValue pair : all) {
            int size = size(pair.key()) + size(pair.value());
            if (part.size() == MAX_PARTS || (!part.isEmpty() && bytes + size > MAX_BYTES)) {
                parts.add(part);
                part = new ArrayList<>();
                bytes = 0;
            }
            part.add(pair);
            bytes += size;
        }
        if (!part.isEmpty()) {
            parts.add(part);
        }
        return parts;
    }

    private static int size(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static JsonObject inner(JsonObject compare) {
        return new JsonObject().put("compare", new JsonArray().add(compare));
    }

    private static JsonObject compare(String key, String target) {
        return key(key).put("target", target).put("result", "EQUAL");
    }

    private static JsonObject put(long lease, KeyValue pair) {
        return op(
                "put", key(pair.key()).put("value", Keys.encoded(pair.value())).put("lease", Long.toString(lease)));
    }

    private static JsonObject op(String what, JsonObject of) {
        return new JsonObject().put("request_" + what, of);
    }

    private static JsonObject key(String key) {
        return new JsonObject().put("key", Keys.encoded(key));
    }
}
