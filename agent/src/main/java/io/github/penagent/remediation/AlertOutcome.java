package io.github.penagent.remediation;

import java.util.Locale;

/** What became of one alert that was sent to us. */
public enum AlertOutcome {
    /** It fires, and that is news: from now on it counts. */
    ACCEPTED,
    /** No rule of this name is configured. */
    NOT_NAMED,
    /** It does not ask for anything to be done. */
    NO_OPT_IN,
    /** It names no backend that a pen lists. */
    NO_MATCH,
    /** Another agent has that pen, and is told as well. */
    ELSEWHERE,
    /** Several servers of the pen have this address. */
    AMBIGUOUS,
    /** It is about a spell that is over, or it began at a time that cannot be. */
    STALE,
    /** It still fires: it counts for longer. */
    DUPLICATE,
    /** It fires no more, and is no evidence any longer. */
    RESOLVED,
    /** It came together with more than can be believed. */
    TOO_MANY;

    /** Whether the alert speaks against a backend from now on. */
    boolean counts() {
        return this == ACCEPTED || this == DUPLICATE;
    }

    /** As metrics and replies name it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
