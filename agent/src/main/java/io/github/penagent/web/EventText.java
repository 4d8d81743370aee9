package io.github.penagent.web;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;

/** One server-sent event. JSON has no line breaks of its own, so one line holds it. */
final class EventText {
    private EventText() {}

    static Buffer of(String event, JsonObject data) {
        return Buffer.buffer()
                .appendString("event: ")
                .appendString(event)
                .appendString("\ndata: ")
                .appendBuffer(data.toBuffer())
                .appendString("\n\n");
    }
}
