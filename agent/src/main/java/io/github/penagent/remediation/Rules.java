package io.github.penagent.remediation;

import io.github.penagent.health.Check;
import io.github.penagent.health.PassiveSettings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the core goes by: all of it can change while it runs.
 *
 * @param pens the configured pens that are this agent's, in order
 * @param maxPenLoad the share of a pen's loop that this agent may take, 0 to 1
 * @param moves absent where pens do not go from agent to agent
 */
public record Rules(
        List<String> pens,
        RemediationSettings settings,
        List<Check> checks,
        PassiveSettings passive,
        double maxPenLoad,
        Optional<Moves> moves) {
    public Rules {
        pens = List.copyOf(pens);
        checks = List.copyOf(checks);
    }

    /** Where pens do not move. */
    public Rules(
            List<String> pens,
            RemediationSettings settings,
            List<Check> checks,
            PassiveSettings passive,
            double maxPenLoad) {
        this(pens, settings, checks, passive, maxPenLoad, Optional.empty());
    }

    /**
     * Pens go from agent to agent.
     *
     * @param elsewhere pens that are other agents' now
     * @param flight for how long a command of a former owner may be on its way to a pen after the pen became ours
     */
    public record Moves(Set<String> elsewhere, Duration flight) {
        /** Beyond the deadline of a command, for clocks that differ and for what the network holds up. */
        private static final Duration SPARE = Duration.ofSeconds(1);

        public Moves {
            elsewhere = Set.copyOf(elsewhere);
        }

        /** With the time that a command may take. */
        public static Moves with(Set<String> elsewhere, Duration deadline) {
            return new Moves(elsewhere, deadline.plus(SPARE));
        }
    }

    /**
     * The warm-up in force. With others that act on the same pen, or did until a moment ago, it is at least as long as what they wrote
     * last can hold: a lease, by a clock of pen's that may run slower than ours.
     */
    long warmUpNanos() {
        Duration lease = Duration.ofSeconds(settings.leaseSeconds());
        Duration others =
                moves.isPresent() ? lease.plus(lease.dividedBy(4)) : settings.agents() > 1 ? lease : Duration.ZERO;
        return Math.max(settings.warmUp().toNanos(), others.toNanos());
    }
}
