package io.github.penagent.web;

import io.github.penagent.fleet.Checks;
import io.github.penagent.fleet.Clients;
import io.github.penagent.fleet.Observation;
import io.github.penagent.fleet.PenSettings;
import io.github.penagent.fleet.PenState;
import io.github.penagent.fleet.Reading;
import io.github.penagent.fleet.Remedy;
import io.github.penagent.fleet.Series;
import io.github.penagent.fleet.Slots;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
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
        state.remedy().ifPresent(remedy -> put(pen, remedy));
        state.reading().ifPresent(reading -> {
            reading.settings().ifPresent(settings -> put(pen, settings));
            reading.clients().ifPresent(clients -> put(pen, clients, showClients));
            state.forwards().ifPresent(forwards -> pen.put("forwards", forwards));
            pen.put("backends", backends(state, reading));
        });
        return pen;
    }

    /** {@code mode} is pen's own word for how it picks backends. */
    private static void put(JsonObject pen, Remedy remedy) {
        pen.put("remediationMode", remedy.modeLabel())
                .put("panic", remedy.panic())
                .put("budget", remedy.budget());
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

    private static JsonArray backends(PenState state, Reading reading) {
        Map<String, List<Checks.Row>> checks = state.checks().byAddress();
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
            backend.put("checks", checks(checks.getOrDefault(slots.address(i), List.of())));
            int server = i;
            state.remedy().ifPresent(remedy -> lease(backend, remedy.ejected(server, slots.address(server)), reading));
            backends.add(backend);
        }
        return backends;
    }

    private static JsonArray checks(List<Checks.Row> rows) {
        JsonArray checks = new JsonArray();
        for (Checks.Row row : rows) {
            JsonObject check = new JsonObject()
                    .put("check", row.check())
                    .put("standing", row.standing().name().toLowerCase(Locale.ROOT));
            row.lastSeconds().ifPresent(seconds -> check.put("lastSeconds", seconds));
            checks.add(check.put("message", row.message()));
        }
        return checks;
    }

    private static void lease(JsonObject backend, Optional<Remedy.Ejected> lease, Reading reading) {
        backend.put("ejected", lease.isPresent());
        lease.ifPresent(until -> backend.put(
                "ejectedUntil", reading.sample().wallTime(until.untilNanos()).toString()));
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
