package io.github.penagent.fleet;

import java.util.Locale;

/** Why a poll failed, in the groups that counters use. */
public enum FailureReason {
    CONNECT,
    DENIED,
    TIMEOUT,
    RESET,
    TRUNCATED,
    MALFORMED,
    TOO_LARGE;

    /** The label value: {@code too_large}, not {@code TOO_LARGE}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
