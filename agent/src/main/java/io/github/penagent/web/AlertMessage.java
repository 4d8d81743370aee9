package io.github.penagent.web;

import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A message of Alertmanager's webhook, version 4. Fields that are not needed may be there, or not; what is needed must be right,
 * or the whole message is refused, for a sender that errs once may err twice.
 *
 * @param truncated how many alerts the sender left out, as its configuration told it
 */
record AlertMessage(List<PostedAlert> alerts, long truncated) {
    static final int MAX_ALERTS = 1_000;
    private static final int MAX_LABELS = 128;
    private static final Pattern FINGERPRINT = Pattern.compile("[0-9A-Za-z_-]{1,64}");

    AlertMessage {
        alerts = List.copyOf(alerts);
    }

    /**
     * Reads one message.
     *
     * @throws IllegalArgumentException naming the field and the rule, in one line
     */
    static AlertMessage parse(Buffer body) {
        if (!(JsonBody.read(body) instanceof Map<?, ?> message)) {
            throw new IllegalArgumentException("the body must be a JSON object");
        }
        if (!"4".equals(message.get("version"))) {
            throw new IllegalArgumentException("version must be \"4\"");
        }
        if (!(message.get("alerts") instanceof List<?> alerts)) {
            throw new IllegalArgumentException("alerts must be a list");
        }
        if (alerts.size() > MAX_ALERTS) {
            throw new IllegalArgumentException("alerts must have at most " + MAX_ALERTS + " elements");
        }
        List<PostedAlert> read = new ArrayList<>(alerts.size());
        for (int i = 0; i < alerts.size(); i++) {
            read.add(alert(alerts.get(i), "alerts[" + i + "]"));
        }
        return new AlertMessage(read, message.get("truncatedAlerts") instanceof Number n ? n.longValue() : 0);
    }

    private static PostedAlert alert(Object value, String place) {
        if (!(value instanceof Map<?, ?> alert)) {
            throw new IllegalArgumentException(place + " must be an object");
        }
        String status = text(alert, "status", place);
        if (!status.equals("firing") && !status.equals("resolved")) {
            throw new IllegalArgumentException(place + ".status must be firing or resolved");
        }
        String fingerprint = text(alert, "fingerprint", place);
        if (!FINGERPRINT.matcher(fingerprint).matches()) {
            throw new IllegalArgumentException(place + ".fingerprint must be 1 to 64 letters and digits");
        }
        return new PostedAlert(
                fingerprint,
                time(text(alert, "startsAt", place), place + ".startsAt"),
                status.equals("firing"),
                labels(alert.get("labels"), place + ".labels"));
    }

    private static String text(Map<?, ?> alert, String key, String place) {
        if (alert.get(key) instanceof String text) {
            return text;
        }
        throw new IllegalArgumentException(place + "." + key + " must be text");
    }

    private static Instant time(String text, String place) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(place + " must be a time as in RFC 3339", e);
        }
    }

    private static Map<String, String> labels(@Nullable Object object, String place) {
        if (!(object instanceof Map<?, ?> labels) || labels.size() > MAX_LABELS) {
            throw new IllegalArgumentException(place + " must be an object of at most " + MAX_LABELS + " labels");
        }
        Map<String, String> read = new HashMap<>();
        labels.forEach((name, text) -> {
            if (!(text instanceof String value)) {
                throw new IllegalArgumentException(place + " must have text for values");
            }
            read.put(String.valueOf(name), value);
        });
        return read;
    }
}
