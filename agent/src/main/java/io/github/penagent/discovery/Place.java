package io.github.penagent.discovery;

import io.github.penagent.poll.Target;
import java.util.List;

/**
 * What was found last in one place: a file, or the records of a name.
 *
 * @param content tells what was read from anything else that could have been; empty before anything was
 * @param pens those that count: of the last content that was good
 * @param faults what is wrong there now, each a line for the operator; none if all is well
 */
record Place(String content, List<Target> pens, List<String> faults) {
    static final Place UNKNOWN = new Place("", List.of(), List.of());

    Place {
        pens = List.copyOf(pens);
        faults = List.copyOf(faults);
    }

    /** It could not be read at all: what was known stays. */
    Place unread(String fault) {
        return new Place(content, pens, List.of(fault));
    }

    /** It was read and is wrong: what was good stays. */
    Place refused(String newContent, List<String> because) {
        return new Place(newContent, pens, because);
    }

    boolean isFaulty() {
        return !faults.isEmpty();
    }
}
