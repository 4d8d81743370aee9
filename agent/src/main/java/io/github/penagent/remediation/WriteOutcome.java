package io.github.penagent.remediation;

/** What became of a command that the core asked for, as observed and not as assumed. */
public enum WriteOutcome {
    /** Sent, and pen's status page shows it on the slot that was meant. */
    CONFIRMED,
    /** Sent; the slot was the one that was meant before and after; this pen shows blacklists nowhere. */
    WRITTEN,
    /** Nothing was sent: the pen could not be read, the slot was another one, or there was no record of it. */
    NOT_WRITTEN,
    /** Nothing was sent because it could not be written down first. */
    NOT_AUDITED,
    /** Sent, and pen shows that it had no effect. */
    CONTRADICTED,
    /** Sent, and the slot was another one afterwards, or pen had started anew. */
    REPLACED,
    /** It may have been sent or not, or nothing could be seen afterwards. */
    UNKNOWN;

    /** Whether pen was changed, as far as it can be told. */
    boolean isMade() {
        return this == CONFIRMED || this == WRITTEN;
    }
}
