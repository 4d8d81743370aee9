package io.github.penagent.cluster.etcd;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/** What is asked for many keys at once. Each key's part is decided by itself: it is a transaction inside another. */
final class Transactions {
    /** etcd takes 128 by default, and counts those inside on top. */
    static final int MAX_PARTS = 120;

    /** etcd takes 1.5 MiB by default; of keys and values, before base64. */
    static final int MAX_BYTES = 256 * 1024;

    private static final String PATH = "kv/txn";
    private static final long NO_LEASE = 0;

    private Transactions() {}

    /** Puts what does not exist; tells what exists. */
    static List<Call> claims(long lease, List<KeyValue> wanted) {
        return calls(wanted, Transactions::size, pair -> ifStandsSince(0, pair.key(), put(lease, pair))
                .put("failure", new JsonArray().add(op("range", key(pair.key())))));
    }

    static List<Call> puts(List<Guarded> values) {
        return calls(
                values,
                one -> size(one.guard().key()) + size(one.value()),
                one -> ifStandsSince(one.guard().created(), one.guard().key(), put(NO_LEASE, one.value())));
    }

    static List<Call> releases(List<Entry> entries) {
        return calls(
                entries,
                one -> size(one.key()),
                one -> ifStandsSince(one.created(), one.key(), op("delete_range", key(one.key()))));
    }

    private static <T> List<Call> calls(List<T> all, ToIntFunction<T> size, Function<T, JsonObject> inner) {
        return split(all, size).stream()
                .map(part ->
                        part.stream().map(one -> op("txn", inner.apply(one))).toList())
                .map(part -> new Call(PATH, new JsonObject().put("success", new JsonArray(part))))
                .toList();
    }

    static <T> List<List<T>> split(List<T> all, ToIntFunction<T> sizes) {
        List<List<T>> parts = new ArrayList<>();
        List<T> part = new ArrayList<>();
        int bytes = 0;
        for (T one : all) {
            int size = sizes.applyAsInt(one);
            if (part.size() == MAX_PARTS || (!part.isEmpty() && bytes + size > MAX_BYTES)) {
                parts.add(part);
                part = new ArrayList<>();
                bytes = 0;
            }
            part.add(one);
            bytes += size;
        }
        if (!part.isEmpty()) {
            parts.add(part);
        }
        return parts;
    }

    static int size(KeyValue pair) {
        return size(pair.key()) + size(pair.value());
    }

    private static int size(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    /** @param created 0: it does not stand there */
    private static JsonObject ifStandsSince(long created, String key, JsonObject done) {
        JsonObject compare =
                key(key).put("target", "CREATE").put("result", "EQUAL").put("create_revision", Long.toString(created));
        return new JsonObject().put("compare", new JsonArray().add(compare)).put("success", new JsonArray().add(done));
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
