package io.github.penagent.web;

import io.github.penagent.fleet.Clients;
import io.github.penagent.fleet.Observation;
import io.github.penagent.fleet.PenSettings;
import io.github.penagent.fleet.PenState;
import io.github.penagent.fleet.Remedy;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.OptionalInt;

/** A pen's state as JSON. What is not known is left out, never null. */
final class PenJson {
    private PenJson() {}

    /** @param showClients whether clients' addresses may be told */
    static JsonObject of(PenState state, boolean showClients) {
        JsonObject pen = new JsonObject()
                .put("name", state.name())
                .put("up", state.up())
                .put("state", word(state))
                .put("polls", state.tally().polls());
        state.failure().ifPresent(failure -> pen.put("failure", failure(failure)));
        state.last().ifPresent(last -> {
            pen.put("restarts", last.restarts())
                    .put("lastSuccess", last.sample().at().toString())
                    .put("pollSeconds", last.sample().took().toNanos() / 1e9);
            put(pen, "controlOccupancy", last.sample().occupancy());
        });
        state.remedy().ifPresent(remedy -> put(pen, remedy));
        state.reading().ifPresent(reading -> {
            reading.settings().ifPresent(settings -> put(pen, settings));
            reading.clients().ifPresent(clients -> put(pen, clients, showClients));
            state.forwards().ifPresent(forwards -> pen.put("forwards", forwards));
            pen.put("backends", BackendJson.of(state, reading));
        });
        return pen;
    }

    /** {@code mode} is pen's own word for how it picks backends. */
    private static void put(JsonObject pen, Remedy remedy) {
        pen.put("remediationMode", remedy.modeLabel())
                .put("panic", remedy.panic())
                .put("budget", remedy.budget())
                .put("killSwitch", remedy.outlook().killSwitch());
        remedy.outlook().panic().ifPresent(why -> pen.put("panicReason", why));
        remedy.outlook().restraint().ifPresent(why -> pen.put("restraint", why));
        if (remedy.foreign().isPresent()) {
            pen.put("foreignBlacklists", remedy.foreign().getAsInt());
        }
    }

    /** What the pen is, in one word. */
    private static String word(PenState state) {
        if (!state.tried()) {
            return "unasked";
        }
        return state.up() ? state.forwards().orElse(true) ? "up" : "stuck" : "down";
    }

    private static JsonObject failure(Observation.Failed failure) {
        return new JsonObject().put("reason", failure.reason().label()).put("message", failure.message());
    }

    private static void put(JsonObject pen, PenSettings settings) {
        pen.put("listen", settings.listen()).put("control", settings.control()).put("mode", settings.mode());
        put(pen, "connectionsLimit", settings.connectionsLimit());
        put(pen, "clientsLimit", settings.clientsLimit());
        put(pen, "blacklistSeconds", settings.blacklistSeconds());
    }

    private static void put(JsonObject pen, String key, OptionalInt value) {
        if (value.isPresent()) {
            pen.put(key, value.getAsInt());
        }
    }

    private static void put(JsonObject pen, Clients clients, boolean show) {
        pen.put("acceptedConnections", clients.accepted()).put("recentClients", clients.recent());
        if (show) {
            JsonArray rows = new JsonArray();
            for (Clients.Row row : clients.rows()) {
                rows.add(new JsonObject()
                        .put("address", row.address())
                        .put("connections", row.connections())
                        .put("sentBytes", row.sent())
                        .put("receivedBytes", row.received()));
            }
            pen.put("clients", rows);
        }
    }

    private static void put(JsonObject object, String key, double value) {
        if (!Double.isNaN(value)) {
            object.put(key, value);
        }
    }
}
