package io.github.penagent.remediation.guard;

/**
 * One slot of a pen, as the guards see it.
 *
 * @param server its number
 * @param address its backend
 * @param usable whether pen could send connections there: it has an address and a port, and a weight where pen goes by weight
 * @param checked whether any check covers it
 * @param fresh whether what the checks say is recent
 * @param goodNanos when the latest success of its checks began, if all of them are content; {@link Long#MIN_VALUE} otherwise
 * @param carriesTraffic whether bytes came back from it lately
 * @param shareOfPeers what came back from it in the last window as a share of what came back from another on average; NaN if
 *     there is nothing to compare
 * @param windowNanos when the window that this share is of began; {@link Long#MIN_VALUE} if there is none
 * @param movedNanos when bytes last came back from it; {@link Long#MIN_VALUE} if never
 * @param contrast how often the others have answered on average since then, in windows
 * @param out why no connections go there, if so
 */
public record SlotFacts(
        int server,
        String address,
        boolean usable,
        boolean checked,
        boolean fresh,
        long goodNanos,
        boolean carriesTraffic,
        double shareOfPeers,
        long windowNanos,
        long movedNanos,
        double contrast,
        Out out) {

    /** Whether a slot takes new connections, or why not. */
    public enum Out {
        IN,
        /** This agent's lease on a check's or alert's word, or one on a person's word. */
        OWN,
        /** This agent's lease, with pen's counters agreeing: not its doing that the backend is of no use. */
        OWN_CORROBORATED,
        /** Somebody else's blacklist. */
        FOREIGN,
        /** As many connections as it may have. */
        FULL,
        /** Nobody knows: no fresh check, and no traffic. */
        UNSEEN
    }

    boolean serving() {
        return usable && out == Out.IN;
    }

    /** Whether it was seen healthy by checks that began after {@code nanos}, and takes connections. */
    boolean healthySince(long nanos) {
        return serving() && goodNanos != Long.MIN_VALUE && goodNanos > nanos;
    }

    boolean everMoved() {
        return movedNanos != Long.MIN_VALUE;
    }

    boolean own() {
        return out == Out.OWN || out == Out.OWN_CORROBORATED;
    }
}
