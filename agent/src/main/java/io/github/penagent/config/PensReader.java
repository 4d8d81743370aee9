package io.github.penagent.config;

import io.github.penagent.penctl.Endpoint;
import io.github.penagent.poll.Target;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The list of pens: each right in itself, and no two alike. */
final class PensReader {
    private static final Rule<String> NAME = Rules.text(
            Pattern.compile(Target.NAME_RULE), "must be 1 to 63 letters, digits, - or _, the first a letter or digit");

    private final Section agent;
    private final Map<String, String> placeByName = new HashMap<>();
    private final Map<String, String> placeByControl = new HashMap<>();

    PensReader(Section agent) {
        this.agent = agent;
    }

    List<Target> read() {
        return agent.each("pens", "must name at least one pen to watch", this::pen);
    }

    /** The same for a list that may be empty. */
    List<Target> readAny() {
        return agent.each("pens", this::pen);
    }

    /** The names read so far, also those of pens that are wrong otherwise. */
    Set<String> names() {
        return Set.copyOf(placeByName.keySet());
    }

    private Optional<Target> pen(Section pen) {
        Optional<String> name = pen.required("name", NAME);
        Optional<Endpoint> control = pen.required("control", Rules.endpoint());
        Optional<Endpoint> listen = pen.optional("listen", Rules.endpoint());
        name.ifPresent(n -> unique(pen, "name", n, placeByName));
        control.ifPresent(c -> unique(pen, "control", c.identity(), placeByControl));
        return name.flatMap(n -> control.map(c -> new Target(n, c, listen)));
    }

    private static void unique(Section pen, String key, String identity, Map<String, String> places) {
        String other = places.putIfAbsent(identity, pen.shownPlace());
        if (other != null) {
            pen.refuse(key, "is also that of " + other);
        }
    }
}
