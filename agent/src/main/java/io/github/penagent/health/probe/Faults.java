package io.github.penagent.health.probe;

import io.github.penagent.health.Cause;
import io.netty.channel.unix.Errors.NativeIoException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
import java.net.SocketException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells the backend's faults from ours by what the operating system said. Only the few errors that a peer alone can cause
 * are held against it; all others, those never thought of included, may be ours: no descriptor, no port, no memory, no
 * route, no permission.
 */
final class Faults {
    private static final int EPIPE = 32;
    private static final int ECONNABORTED = 103;
    private static final int ECONNRESET = 104;
    private static final int ETIMEDOUT = 110;
    private static final int ECONNREFUSED = 111;

    private static final int NO_NUMBER = 0;

    /** Netty's native transport; the text after the number is in the language of the system. */
    private static final Pattern NUMBER = Pattern.compile("error\\(-(\\d{1,5})\\)");

    private Faults() {}

    /** Of a socket that could not be made or connected, or of a connection that broke. */
    static Verdict of(Throwable thrown) {
        String seen = seen(thrown);
        return switch (number(thrown)) {
            case ECONNREFUSED -> Verdict.bad(Cause.REFUSED, "connection refused");
            case ETIMEDOUT -> Verdict.bad(Cause.SILENT, "no answer: " + seen);
            case ECONNRESET, EPIPE, ECONNABORTED ->
                Verdict.bad(Cause.CLOSED, "connection reset before the whole answer");
            case NO_NUMBER -> unnumbered(thrown, seen);
            default -> Verdict.unknown(seen);
        };
    }

    /** The JDK's own sockets tell by type, and by words only where these are constants of the JDK. */
    private static Verdict unnumbered(Throwable thrown, String seen) {
        if (thrown instanceof PortUnreachableException) {
            return Verdict.bad(Cause.REFUSED, "port unreachable");
        }
        if (thrown instanceof ConnectException) {
            // Of these there are two; the other takes two minutes, unless the system was told not to wait so long.
            return seen.contains("timed out")
                    ? Verdict.bad(Cause.SILENT, "no answer: " + seen)
                    : Verdict.bad(Cause.REFUSED, "connection refused");
        }
        boolean reset = thrown instanceof SocketException && seen.contains("Connection reset");
        return reset || seen.contains("Broken pipe") || seen.contains("Connection reset by peer")
                ? Verdict.bad(Cause.CLOSED, "connection reset before the whole answer")
                : Verdict.unknown(seen);
    }

    private static int number(Throwable thrown) {
        for (Throwable t = thrown; t != null; t = t.getCause()) {
            if (t instanceof NativeIoException e) {
                return Math.abs(e.expectedErr());
            }
            Matcher number = NUMBER.matcher(String.valueOf(t.getMessage()));
            if (t instanceof IOException && number.find()) {
                return Integer.parseInt(number.group(1));
            }
        }
        return NO_NUMBER;
    }

    /** What to show of an error: the deepest one that says anything knows best. */
    static String seen(Throwable thrown) {
        String said = null;
        for (Throwable t = thrown; t != null; t = t.getCause() == t ? null : t.getCause()) {
            if (t instanceof NoRouteToHostException && t.getMessage() == null) {
                // The native transport leaves the words out.
                return "unreachable: no route to host";
            }
            said = t.getMessage() == null ? said : t.getMessage();
        }
        return said == null ? thrown.getClass().getSimpleName() : said;
    }
}
