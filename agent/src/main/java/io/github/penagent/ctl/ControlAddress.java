package io.github.penagent.ctl;

import java.util.regex.Pattern;

/** pen's {@code -C} as it was given: {@code host:port}, {@code v6:port} without brackets, a port alone, or a socket path. */
record ControlAddress(String text) {
    private static final Pattern LOOPBACK =
            Pattern.compile("(localhost|127\\.\\d+\\.\\d+\\.\\d+|::1|\\[::1]|::ffff:127\\..*):[^:]*");

    /** Then pen checks no access list; the file's mode protects it. */
    boolean socket() {
        return text.startsWith("/");
    }

    /** Whether only this machine reaches it. */
    boolean local() {
        return socket() || LOOPBACK.matcher(text).matches();
    }
}
