package io.github.penagent.fleet;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * How this agent sees one pen's backends, and what restrains it, for people. Immutable. Nothing in it changes by the passing of time
 * alone: times are fixed points on the clock of the samples, and evidence is told as it was when the opinion was formed.
 *
 * @param panic why the agent suspects itself; absent while it does not
 * @param restraint why less may be done than configured; absent if it may
 * @param killSwitch whether the kill switch is thrown
 * @param opinions of those backends of which there is anything to say
 */
public record Outlook(Optional<String> panic, Optional<String> restraint, boolean killSwitch, List<Opinion> opinions) {
    /** Nothing is thought of anybody. */
    public static final Outlook NONE = new Outlook(Optional.empty(), Optional.empty(), false, List.of());

    public Outlook {
        opinions = List.copyOf(opinions);
    }

    /** By slot. */
    public Map<Integer, Opinion> bySlot() {
        return opinions.stream().collect(Collectors.toMap(Opinion::server, Function.identity(), (a, b) -> b));
    }

    /**
     * What is thought of one backend.
     *
     * @param server the slot's number
     * @param evidence what speaks against it; empty for nothing
     * @param sinceNanos since when
     * @param refusedBy the guard that kept it in last, if one did
     * @param wouldBeOut whether only a dry run keeps it in
     * @param foreignUntilNanos until when somebody else's blacklist holds, as far as known
     * @param hold a person's word
     */
    public record Opinion(
            int server,
            String address,
            Verdict verdict,
            String evidence,
            OptionalLong sinceNanos,
            Optional<String> refusedBy,
            boolean wouldBeOut,
            OptionalLong foreignUntilNanos,
            Optional<Held> hold) {}

    /** How a backend is thought to be. */
    public enum Verdict {
        FINE,
        /** No connection could be sent there: it has no weight, or no port. */
        IDLE,
        /** Something speaks against it, and not enough. */
        SUSPECT,
        FAILING
    }

    /**
     * A person's word on a backend.
     *
     * @param kind {@code keep-in}, {@code keep-out} or {@code ignore}
     * @param untilNanos when it ends
     */
    public record Held(String kind, String owner, String reason, long untilNanos) {}
}
