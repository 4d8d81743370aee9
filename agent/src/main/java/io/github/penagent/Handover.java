package io.github.penagent;

import io.github.penagent.fleet.Past;
import io.github.penagent.remediation.Hold;
import io.github.penagent.remediation.Kept;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What goes with a pen when another agent takes it over, as the text that stands in etcd meanwhile: what its counters need to go on,
 * and what people have said of its backends.
 *
 * @param holds of this pen
 */
record Handover(Past past, List<Kept.Held> holds) {
    private static final Logger log = LoggerFactory.getLogger(Handover.class);

    Handover {
        holds = List.copyOf(holds);
    }

    String text() {
        JsonObject text = new JsonObject()
                .put("restarts", past.restarts())
                .put("accepted", past.accepted())
                .put("connects", past.connects());
        past.processId().ifPresent(id -> text.put("pid", id));
        JsonArray bases = new JsonArray();
        past.bases()
                .forEach(base -> bases.add(new JsonArray()
                        .add(base.slot())
                        .add(base.address())
                        .add(Long.toUnsignedString(base.sent()))
                        .add(Long.toUnsignedString(base.received()))));
        JsonArray held = new JsonArray();
        holds.forEach(hold -> held.add(new JsonObject()
                .put("address", hold.address())
                .put("kind", hold.kind().label())
                .put("owner", hold.owner())
                .put("reason", hold.reason())
                .put("until", hold.until().toString())));
        return text.put("bases", bases).put("holds", held).encode();
    }

    /** Empty for what no agent has written: the pen is then like one that nobody had before. */
    static Optional<Handover> read(String pen, String text) {
        try {
            JsonObject read = new JsonObject(text);
            Integer pid = read.getInteger("pid");
            return Optional.of(new Handover(
                    new Past(
                            pid == null ? OptionalInt.empty() : OptionalInt.of(pid),
                            read.getLong("restarts"),
                            read.getLong("accepted"),
                            read.getLong("connects"),
                            bases(read.getJsonArray("bases"))),
                    holds(pen, read.getJsonArray("holds"))));
        } catch (RuntimeException e) {
            log.atWarn()
                    .addKeyValue("pen", pen)
                    .addKeyValue("err", e.getMessage())
                    .log("what was left of a pen is not readable");
            return Optional.empty();
        }
    }

    private static List<Past.Base> bases(JsonArray all) {
        List<Past.Base> bases = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            JsonArray base = all.getJsonArray(i);
            bases.add(new Past.Base(
                    base.getInteger(0),
                    base.getString(1),
                    Long.parseUnsignedLong(base.getString(2)),
                    Long.parseUnsignedLong(base.getString(3))));
        }
        return bases;
    }

    private static List<Kept.Held> holds(String pen, JsonArray all) {
        List<Kept.Held> holds = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            JsonObject hold = all.getJsonObject(i);
            holds.add(new Kept.Held(
                    pen,
                    hold.getString("address"),
                    Hold.Kind.valueOf(
                            hold.getString("kind").toUpperCase(Locale.ROOT).replace('-', '_')),
                    hold.getString("owner"),
                    hold.getString("reason"),
                    Instant.parse(hold.getString("until"))));
        }
        return holds;
    }
}
