package io.github.penagent.ctl;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Colours, where they are wanted. */
enum Style {
    PLAIN,
    COLOURED;

    /** Coloured on a terminal, unless {@code NO_COLOR} is set and not empty, or the terminal is a dumb one. */
    static Style of(boolean terminal, @Nullable String noColor, @Nullable String term) {
        boolean refused = noColor != null && !noColor.isEmpty();
        return terminal && !refused && !"dumb".equals(term) ? COLOURED : PLAIN;
    }

    /** For standard output as it is now. */
    static Style ofStandardOutput() {
        return of(standardOutputIsTerminal(), System.getenv("NO_COLOR"), System.getenv("TERM"));
    }

    /** Whether somebody watches. */
    @SuppressWarnings("SystemConsoleNull")
    static boolean standardOutputIsTerminal() {
        Path stdout = Path.of("/proc/self/fd/1");
        try {
            String target = Files.readSymbolicLink(stdout).toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (IOException | UnsupportedOperationException e) {
            // Not Linux: a console has both its ends on a terminal, but later JVMs have one in any case.
            return Runtime.version().feature() < 22 && System.console() != null;
        }
    }

    String bold(String text) {
        return with("1", text);
    }

    String dim(String text) {
        return with("2", text);
    }

    String red(String text) {
        return with("31", text);
    }

    String yellow(String text) {
        return with("33", text);
    }

    String green(String text) {
        return with("32", text);
    }

    private String with(String code, String text) {
        return this == PLAIN || text.isEmpty() ? text : "\u001b[" + code + "m" + text + "\u001b[0m";
    }
}
