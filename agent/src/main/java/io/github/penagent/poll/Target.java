package io.github.penagent.poll;

import io.github.penagent.penctl.Endpoint;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A pen to watch.
 *
 * @param name what labels, links and commands call it: {@value #NAME_RULE}
 * @param control its control port
 * @param listen where its clients connect, to watch the data plane; absent if not to be watched
 */
public record Target(String name, Endpoint control, Optional<Endpoint> listen) {
    public static final String NAME_RULE = "[A-Za-z0-9][A-Za-z0-9_-]{0,62}";

    private static final Pattern NAME = Pattern.compile(NAME_RULE);

    public Target {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("a pen's name must match " + NAME_RULE);
        }
    }
}
