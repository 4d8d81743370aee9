package io.github.penagent.remediation;

import io.github.penagent.remediation.guard.Answer;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Decisions for tests, about one backend of one pen. */
final class Decisions {
    static final String EVIDENCE = "check home: refused 3 times in a row";
    private static final String CAP = "2 of 3 would be out, 1 may be";

    private Decisions() {}

    static Decision taken(Decision.Kind kind) {
        return make(1, kind, Mode.ENFORCE, List.of(new Answer("cap", true, "1 of 3 would be out, 1 may be")), null);
    }

    static Decision withId(long id) {
        return make(id, Decision.Kind.EJECT, Mode.ENFORCE, List.of(), null);
    }

    static Decision dryRun(Decision.Kind kind) {
        return make(1, kind, Mode.DRY_RUN, List.of(new Answer("mode", false, "the mode in force is dry-run")), "mode");
    }

    static Decision refused(Decision.Kind kind, Mode mode) {
        return make(
                1,
                kind,
                mode,
                List.of(
                        new Answer("warm_up", true, "warm"),
                        new Answer("cap", false, CAP),
                        new Answer("mode", mode == Mode.ENFORCE, "the mode in force is " + mode.label())),
                "cap");
    }

    static Decision ofPen(Decision.Kind kind, String evidence) {
        return new Decision(
                1, 0, "web", -1, "", kind, Mode.ENFORCE, Optional.empty(), evidence, List.of(), Optional.empty(), 0);
    }

    private static Decision make(
            long id, Decision.Kind kind, Mode mode, List<Answer> guards, @Nullable String refusedBy) {
        return new Decision(
                id,
                0,
                "web",
                1,
                "10.0.0.12:80",
                kind,
                mode,
                Optional.of(Source.CHECK),
                EVIDENCE,
                guards,
                Optional.ofNullable(refusedBy),
                20);
    }
}
