package io.github.penagent.web;

import io.github.penagent.fleet.Clients;
import io.github.penagent.fleet.Observation;
import io.github.penagent.fleet.PenSettings;
import io.github.penagent.fleet.PenState;
import io.github.penagent.fleet.Reading;
import io.github.penagent.fleet.Series;
import io.github.penagent.fleet.Slots;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigInteger;
import java.util.OptionalInt;

/** A pen's state as JSON. What is not known is left out, never null. */
final class PenJson {
    private PenJson() {}

    /** @param showClients whether clients' addresses may be told */
    static JsonObject of(PenState state, boolean showClients) {
        JsonObject pen = new JsonObject()
                .put("name", state.name())
                .put("up", state.up())
                .put("polls", state.tally().polls());
        state.failure().ifPresent(failure -> pen.put("failure", failure(failure)));
        state.last().ifPresent(last -> {
            pen.put("restarts", last.restarts())
                    .put("lastSuccess", last.sample().at().toString())
                    .put("pollSeconds", last.sample().took().toNanos() / 1e9);
            put(pen, "controlOccupancy", last.sample().occupancy());
        });
        state.reading().ifPresent(reading -> {
            reading.settings().ifPresent(settings -> put(pen, settings));
            reading.clients().ifPresent(clients -> put(pen, clients, showClients));
            pen.put("backends", backends(reading));
        });
        return pen;
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

    private static JsonArray backends(Reading reading) {
        Slots slots = reading.slots();
        Series series = reading.series();
        JsonArray backends = new JsonArray();
        for (int i = 0; i < slots.size(); i++) {
            if (!slots.isUsed(i)) {
                continue;
            }
            JsonObject backend = new JsonObject()
                    .put("server", i)
                    .put("address", slots.address(i))
                    .put("connections", slots.connections(i))
                    .put("softLimit", slots.softLimit(i))
                    .put("hardLimit", slots.hardLimit(i))
                    .put("sentBytes", unsigned(series.sent(i)))
                    .put("receivedBytes", unsigned(series.received(i)));
            if (slots.weight(i) != Slots.ABSENT) {
                backend.put("weight", slots.weight(i));
            }
            if (slots.priority(i) != Slots.ABSENT) {
                backend.put("priority", slots.priority(i));
            }
            put(backend, "sentBytesPerSecond", series.sentRate(i));
            put(backend, "receivedBytesPerSecond", series.receivedRate(i));
            backends.add(backend);
        }
        return backends;
    }

    private static void put(JsonObject object, String key, double value) {
        if (!Double.isNaN(value)) {
            object.put(key, value);
        }
    }

    private static Number unsigned(long value) {
        return value >= 0 ? (Number) value : new BigInteger(Long.toUnsignedString(value));
    }
}
