package io.github.penagent.ctl;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * One thing that the doctor has to say.
 *
 * @param id a stable name for scripts
 * @param seen what was read from pen, or that it cannot be read
 * @param why what may come of it
 * @param remedy what to send, or with which option to start pen
 */
record Finding(Severity severity, String id, String seen, String why, String remedy) {

    /** How bad it is, the worst first. */
    enum Severity {
        /** Clients are refused or misdirected, or will be. */
        SERIOUS,
        /** It holds until something fails or grows. */
        WARNING,
        /** What cannot be seen, or is worth knowing. */
        NOTE;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static Finding serious(String id, String seen, String why, String remedy) {
        return new Finding(Severity.SERIOUS, id, seen, why, remedy);
    }

    static Finding warning(String id, String seen, String why, String remedy) {
        return new Finding(Severity.WARNING, id, seen, why, remedy);
    }

    static Finding note(String id, String seen, String why, String remedy) {
        return new Finding(Severity.NOTE, id, seen, why, remedy);
    }

    /** Four lines for a person. */
    List<String> lines(Style style) {
        String head = severity.name() + "  " + id;
        String painted =
                switch (severity) {
                    case SERIOUS -> style.red(head);
                    case WARNING -> style.yellow(head);
                    case NOTE -> style.dim(head);
                };
        return List.of(painted, "  seen    " + seen, "  why     " + why, "  remedy  " + remedy);
    }

    Map<String, Object> json() {
        return Json.object("severity", severity.word(), "id", id, "seen", seen, "why", why, "remedy", remedy);
    }
}
