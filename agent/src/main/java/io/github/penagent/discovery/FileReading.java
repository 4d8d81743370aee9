package io.github.penagent.discovery;

import io.github.penagent.poll.Target;
import java.util.List;

/** What the text of a file says. */
public sealed interface FileReading {
    /** Everything in it is right. */
    record Pens(List<Target> pens) implements FileReading {
        public Pens {
            pens = List.copyOf(pens);
        }
    }

    /**
     * It cannot be used.
     *
     * @param problems each a line for the operator, with file, place and rule; at least one
     */
    record Faulty(List<String> problems) implements FileReading {
        public Faulty {
            problems = List.copyOf(problems);
        }
    }
}
