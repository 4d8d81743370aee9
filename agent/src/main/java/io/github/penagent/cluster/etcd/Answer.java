package io.github.penagent.cluster.etcd;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An object of what etcd answered, or may have: what is not as it should be is a {@link Fault}. A field that is not there is 0, empty
 * or false, as the gateway leaves such values out; its whole numbers are texts.
 */
record Answer(JsonObject fields) {
    private static final int OK = 200;

    /** Reads the answer, or a line of one. */
    static Answer read(int status, Buffer body) {
        JsonObject fields;
        try {
            fields = new JsonObject(body);
        } catch (DecodeException | ClassCastException e) {
            throw Fault.unanswered("answered " + status + " with what is not etcd's JSON, " + body.length() + " bytes");
        }
        Answer answer = new Answer(fields);
        if (fields.containsKey("error")) {
            throw answer.error();
        }
        if (status != OK) {
            throw Fault.unanswered("answered " + status);
        }
        return answer;
    }

    /** In a stream it is an object, else a text with its code beside it. */
    private Fault error() {
        Object error = fields.getValue("error");
        if (error instanceof JsonObject inner) {
            Answer said = new Answer(inner);
            return Fault.said(
                    (int) said.number(inner.containsKey("grpc_code") ? "grpc_code" : "code"), said.word("message"));
        }
        return Fault.said((int) number("code"), String.valueOf(error));
    }

    long number(String name) {
        Object value = fields.getValue(name);
        if (value == null) {
            return 0;
        }
        try {
            return Long.parseLong(value.toString());
        } catch (NumberFormatException e) {
            throw malformed(name);
        }
    }

    boolean flag(String name) {
        return Boolean.TRUE.equals(fields.getValue(name));
    }

    /** Text that stands there as it is. */
    String word(String name) {
        Object value = fields.getValue(name);
        return value == null ? "" : value.toString();
    }

    /** Text that stands there in base64, as keys and values do. What is no text after that is shown as well as it can be. */
    String text(String name) {
        try {
            return new String(Base64.getDecoder().decode(word(name)), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw malformed(name);
        }
    }

    Answer object(String name) {
        return object(name, fields.containsKey(name) ? fields.getValue(name) : new JsonObject());
    }

    List<Answer> objects(String name) {
        Object value = fields.getValue(name);
        if (value == null) {
            return List.of();
        }
        if (!(value instanceof JsonArray array)) {
            throw malformed(name);
        }
        List<Answer> all = new ArrayList<>(array.size());
        for (int i = 0; i < array.size(); i++) {
            all.add(object(name, array.getValue(i)));
        }
        return all;
    }

    /** The store's revision when this was answered. */
    long revision() {
        return object("header").number("revision");
    }

    /** This as a key and what stands there. */
    Entry entry() {
        return new Entry(text("key"), text("value"), number("lease"), number("create_revision"));
    }

    private static Answer object(String name, @Nullable Object value) {
        if (value instanceof JsonObject object) {
            return new Answer(object);
        }
        throw malformed(name);
    }

    private static Fault malformed(String name) {
        return Fault.unanswered("answered with a " + name + " that is not etcd's");
    }
}
