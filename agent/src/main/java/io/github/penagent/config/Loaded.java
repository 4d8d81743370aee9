package io.github.penagent.config;

import java.util.List;

/** What came of reading a configuration file. */
public sealed interface Loaded {
    /**
     * A file in which everything is right.
     *
     * @param settings the values in force, defaults included
     * @param effectiveJson the same as one JSON object, to be shown; it contains no secrets
     */
    record Good(Settings settings, String effectiveJson) implements Loaded {}

    /**
     * A file that cannot be used.
     *
     * @param problems all of them, at least one, in the order of their lines
     */
    record Bad(List<Problem> problems) implements Loaded {
        public Bad {
            problems = List.copyOf(problems);
        }
    }
}
