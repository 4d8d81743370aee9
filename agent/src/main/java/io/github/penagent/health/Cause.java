package io.github.penagent.health;

import java.util.Locale;

/** What a backend did to fail a check. */
public enum Cause {
    /** It refused the connection: nothing listens there. pen's clients get the same answer at once. */
    REFUSED,
    /** It did not answer within the timeout, to the connect or to the request. */
    SILENT,
    /** It closed or reset the connection before the answer was whole. */
    CLOSED,
    /** It answered, and the answer is not what the check expects. */
    WRONG;

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
