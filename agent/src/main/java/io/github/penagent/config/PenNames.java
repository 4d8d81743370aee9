package io.github.penagent.config;

import io.github.penagent.poll.Target;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The names by which other keys may speak of pens.
 *
 * @param written those of the file's own list
 * @param open whether there may be others, that only come to light later
 */
record PenNames(Set<String> written, boolean open) {
    private static final Pattern FORM = Pattern.compile(Target.NAME_RULE);

    boolean mayBe(String name) {
        return written.contains(name) || (open && FORM.matcher(name).matches());
    }

    /** The end of a message about a name that cannot be. */
    String guess(String name) {
        return NearMiss.of(name, new TreeSet<>(written))
                .map(near -> ", did you mean " + near + "?")
                .orElse("");
    }
}
