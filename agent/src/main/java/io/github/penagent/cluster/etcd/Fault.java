package io.github.penagent.cluster.etcd;

import java.util.Set;
import java.util.regex.Pattern;

/** Why one member did not do what it was asked, in one line that does not say which member it was. */
final class Fault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Codes of gRPC: what was asked for is not there. */
    static final int NOT_FOUND = 5;

    static final int UNAUTHENTICATED = 16;

    /** Unknown, deadline exceeded, internal, unavailable: this member cannot, now. */
    private static final Set<Integer> ELSEWHERE = Set.of(2, 4, 13, 14);

    private static final Pattern UNPRINTABLE = Pattern.compile("[^\\x20-\\x7e]+");
    private static final int MAX_SHOWN = 200;

    /** What may be done about it. */
    enum Kind {
        /** Another member may do it. */
        UNANSWERED,
        /** A new token may do. */
        TOKEN,
        /** Nothing. */
        REFUSED
    }

    private final Kind kind;
    private final int code;

    private Fault(Kind kind, int code, String message) {
        super(message, null, false, false);
        this.kind = kind;
        this.code = code;
    }

    static Fault unanswered(String message) {
        return new Fault(Kind.UNANSWERED, 0, shown(message));
    }

    static Fault refused(String message) {
        return new Fault(Kind.REFUSED, 0, shown(message));
    }

    /** What etcd itself said. A token made before somebody changed users or roles is as good as none. */
    static Fault said(int code, String message) {
        boolean token = code == UNAUTHENTICATED || message.contains("revision of auth store is old");
        Kind kind = token ? Kind.TOKEN : ELSEWHERE.contains(code) ? Kind.UNANSWERED : Kind.REFUSED;
        return new Fault(kind, code, shown(message));
    }

    /** Whatever went wrong on the way. */
    static Fault of(Throwable e) {
        if (e instanceof Fault fault) {
            return fault;
        }
        String message = e.getMessage();
        return unanswered(message == null ? e.getClass().getSimpleName() : message);
    }

    Kind kind() {
        return kind;
    }

    int code() {
        return code;
    }

    String text() {
        return String.valueOf(getMessage());
    }

    private static String shown(String message) {
        String line = UNPRINTABLE.matcher(message).replaceAll(" ").strip();
        return line.length() <= MAX_SHOWN ? line : line.substring(0, MAX_SHOWN) + "...";
    }
}
