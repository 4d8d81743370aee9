package io.github.penagent.web;

import io.github.penagent.fleet.Checks;
import io.github.penagent.fleet.Outlook;
import io.github.penagent.fleet.PenState;
import io.github.penagent.fleet.Reading;
import io.github.penagent.fleet.Remedy;
import io.github.penagent.fleet.Series;
import io.github.penagent.fleet.Slots;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A pen's backends as JSON. What is not known is left out, never null. */
final class BackendJson {
    private final PenState state;
    private final Reading reading;
    private final Map<String, List<Checks.Row>> checks;
    private final Map<Integer, Outlook.Opinion> opinions;
    private final Map<Integer, Remedy.Ejected> leases = new HashMap<>();

    private BackendJson(PenState state, Reading reading) {
        this.state = state;
        this.reading = reading;
        checks = state.checks().byAddress();
        opinions = state.remedy().map(remedy -> remedy.outlook().bySlot()).orElse(Map.of());
        state.remedy().ifPresent(remedy -> remedy.ejected().forEach(lease -> leases.put(lease.server(), lease)));
    }

    static JsonArray of(PenState state, Reading reading) {
        BackendJson json = new BackendJson(state, reading);
        JsonArray backends = new JsonArray();
        for (int i = 0; i < reading.slots().size(); i++) {
            if (reading.slots().isUsed(i)) {
                backends.add(json.backend(i));
            }
        }
        return backends;
    }

    private JsonObject backend(int server) {
        Slots slots = reading.slots();
        Series series = reading.series();
        String address = slots.address(server);
        JsonObject backend = new JsonObject()
                .put("server", server)
                .put("address", address)
                .put("connections", slots.connections(server))
                .put("softLimit", slots.softLimit(server))
                .put("hardLimit", slots.hardLimit(server))
                .put("sentBytes", unsigned(series.sent(server)))
                .put("receivedBytes", unsigned(series.received(server)));
        if (slots.weight(server) != Slots.ABSENT) {
            backend.put("weight", slots.weight(server));
        }
        if (slots.priority(server) != Slots.ABSENT) {
            backend.put("priority", slots.priority(server));
        }
        put(backend, "sentBytesPerSecond", series.sentRate(server));
        put(backend, "receivedBytesPerSecond", series.receivedRate(server));
        List<Checks.Row> rows = checks.getOrDefault(address, List.of());
        backend.put("checks", checks(rows));
        // What was said of the slot's former backend is not said of this one.
        Optional<Remedy.Ejected> lease =
                Optional.ofNullable(leases.get(server)).filter(l -> l.address().equals(address));
        Optional<Outlook.Opinion> opinion = Optional.ofNullable(opinions.get(server))
                .filter(o -> o.address().equals(address));
        lease(backend, lease);
        BackendState now = BackendState.of(reading, server, lease, opinion, rows);
        backend.put("state", now.label());
        if (!now.reason().isEmpty()) {
            backend.put("reason", now.reason());
        }
        now.untilNanos().ifPresent(nanos -> backend.put("stateUntil", time(nanos)));
        opinion.ifPresent(said -> opinion(backend, said));
        return backend;
    }

    private void lease(JsonObject backend, Optional<Remedy.Ejected> lease) {
        if (state.remedy().isPresent()) {
            backend.put("ejected", lease.isPresent());
            lease.ifPresent(until -> backend.put("ejectedUntil", time(until.untilNanos())));
        }
    }

    private void opinion(JsonObject backend, Outlook.Opinion opinion) {
        opinion.sinceNanos().ifPresent(nanos -> backend.put("since", time(nanos)));
        opinion.refusedBy().ifPresent(guard -> backend.put("refusedBy", guard));
        if (opinion.wouldBeOut()) {
            backend.put("wouldBeOut", true);
        }
        opinion.hold()
                .ifPresent(hold -> backend.put(
                        "hold",
                        new JsonObject()
                                .put("kind", hold.kind())
                                .put("owner", hold.owner())
                                .put("reason", hold.reason())
                                .put("until", time(hold.untilNanos()))));
    }

    private JsonArray checks(List<Checks.Row> rows) {
        JsonArray all = new JsonArray();
        for (Checks.Row row : rows) {
            JsonObject check = new JsonObject()
                    .put("check", row.check())
                    .put("standing", row.standing().name().toLowerCase(Locale.ROOT));
            row.lastSeconds().ifPresent(seconds -> check.put("lastSeconds", seconds));
            row.lastNanos().ifPresent(nanos -> check.put("lastAt", time(nanos)));
            all.add(check.put("message", row.message()));
        }
        return all;
    }

    private String time(long nanos) {
        return reading.sample().wallTime(nanos).toString();
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
