package io.github.penagent.fleet;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * What this agent does about one pen's backends, as far as others show it. Immutable.
 *
 * @param mode how much may be done, from 0, nothing at all
 * @param modeLabel the same in the words of the configuration
 * @param panic whether the agent suspects itself and acts on nothing
 * @param budget how many more backends may leave now
 * @param ejected the backends that are out by this agent's doing
 * @param tally what was done so far, by source or guard
 * @param foreign how many are out by somebody else's doing, where pen shows it
 * @param clockOffsetSeconds pen's clock less ours, where pen shows it
 * @param outlook what is thought of the backends, for people
 */
public record Remedy(
        int mode,
        String modeLabel,
        boolean panic,
        int budget,
        List<Ejected> ejected,
        Tally tally,
        OptionalInt foreign,
        OptionalDouble clockOffsetSeconds,
        Outlook outlook) {
    public Remedy {
        ejected = List.copyOf(ejected);
    }

    /** The same, with nothing thought of anybody. */
    public Remedy(
            int mode,
            String modeLabel,
            boolean panic,
            int budget,
            List<Ejected> ejected,
            Tally tally,
            OptionalInt foreign,
            OptionalDouble clockOffsetSeconds) {
        this(mode, modeLabel, panic, budget, ejected, tally, foreign, clockOffsetSeconds, Outlook.NONE);
    }

    /** The lease on this backend, if there is one; none if the slot was given another since. */
    public Optional<Ejected> ejected(int server, String address) {
        for (int i = 0; i < ejected.size(); i++) {
            Ejected one = ejected.get(i);
            if (one.server() == server && one.address().equals(address)) {
                return Optional.of(one);
            }
        }
        return Optional.empty();
    }

    /**
     * A backend that is out.
     *
     * @param untilNanos when its lease ends unless it is renewed, on the clock of the samples
     */
    public record Ejected(int server, String address, long untilNanos) {}

    /**
     * What was done since the agent started; every source and every guard has a count.
     *
     * @param ejections by source
     * @param renewals by source
     * @param lifts by source
     * @param suppressed ejections that a guard refused, by guard
     * @param verifyFailures writes that were seen to have failed
     */
    public record Tally(
            Map<String, Long> ejections,
            Map<String, Long> renewals,
            Map<String, Long> lifts,
            Map<String, Long> suppressed,
            long verifyFailures) {
        public Tally {
            ejections = Map.copyOf(ejections);
            renewals = Map.copyOf(renewals);
            lifts = Map.copyOf(lifts);
            suppressed = Map.copyOf(suppressed);
        }
    }
}
