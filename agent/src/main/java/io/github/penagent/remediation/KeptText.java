package io.github.penagent.remediation;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The text of the state file: one JSON object, with a line for each hold. */
final class KeptText {
    private static final Set<String> KEYS = Set.of("kill_switch", "holds");
    private static final Set<String> HOLD_KEYS = Set.of("pen", "address", "kind", "owner", "reason", "until");

    private KeptText() {}

    static String of(Kept kept) {
        String holds =
                String.join(",\n    ", kept.holds().stream().map(KeptText::line).toList());
        return "{\n  \"kill_switch\": " + kept.killSwitch() + ",\n  \"holds\": [" + (holds.isEmpty() ? "" : "\n    ")
                + holds + "]\n}\n";
    }

    private static String line(Kept.Held held) {
        return new JsonLine()
                .text("pen", held.pen())
                .text("address", held.address())
                .text("kind", held.kind().label())
                .text("owner", held.owner())
                .text("reason", held.reason())
                .text("until", held.until().toString())
                .toString();
    }

    static Kept read(String text) throws JsonText.Broken {
        if (!(JsonText.read(text) instanceof Map<?, ?> all) || !all.keySet().equals(KEYS)) {
            throw new JsonText.Broken("must be an object with the keys kill_switch and holds");
        }
        if (!(all.get("kill_switch") instanceof Boolean killSwitch)) {
            throw new JsonText.Broken("kill_switch: must be true or false");
        }
        if (!(all.get("holds") instanceof List<?> list)) {
            throw new JsonText.Broken("holds: must be a list");
        }
        List<Kept.Held> holds = new ArrayList<>();
        for (Object hold : list) {
            holds.add(hold("holds[" + holds.size() + "]", hold));
        }
        return new Kept(killSwitch, holds);
    }

    private static Kept.Held hold(String place, Object value) throws JsonText.Broken {
        if (!(value instanceof Map<?, ?> hold) || !hold.keySet().equals(HOLD_KEYS)) {
            throw new JsonText.Broken(
                    place + ": must be an object with the keys pen, address, kind, owner, reason and until");
        }

        if (!hold.values().stream().allMatch(String.class::isInstance)) {
            throw new JsonText.Broken(place + ": each value must be a text in quotes");
        }
        return new Kept.Held(
                text(hold, "pen"),
                text(hold, "address"),
                kind(place, text(hold, "kind")),
                text(hold, "owner"),
                text(hold, "reason"),
                until(place, text(hold, "until")));
    }

    private static String text(Map<?, ?> hold, String key) {
        return String.valueOf(hold.get(key));
    }

    private static Hold.Kind kind(String place, String label) throws JsonText.Broken {
        for (Hold.Kind kind : Hold.Kind.values()) {
            if (kind.label().equals(label)) {
                return kind;
            }
        }
        throw new JsonText.Broken(place + ".kind: must be keep-in, keep-out or ignore");
    }

    private static Instant until(String place, String text) throws JsonText.Broken {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw new JsonText.Broken(place + ".until: must be a time such as 2026-01-31T12:00:00Z");
        }
    }
}
