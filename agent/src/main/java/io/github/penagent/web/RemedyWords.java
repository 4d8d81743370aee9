package io.github.penagent.web;

import io.github.penagent.fleet.Remedy;
import java.util.List;

/** What the agent does about a pen, in the words of its configuration. */
final class RemedyWords {
    private static final List<String> MODES = List.of("off", "observe", "dry-run", "enforce");

    private RemedyWords() {}

    static String mode(Remedy remedy) {
        return MODES.get(remedy.mode());
    }
}
