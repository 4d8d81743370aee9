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
 * @param pens the configured pens, in order
 * @param maxPenLoad the share of a pen's loop that this agent may take, 0 to 1
 * @param elsewhere pens that other agents have now, where pens move among agents; absent where they do not
 */
public record Rules(
        List<String> pens,
        RemediationSettings settings,
        List<Check> checks,
        PassiveSettings passive,
        double maxPenLoad,
        Optional<Set<String>> elsewhere) {
    public Rules {
        pens = List.copyOf(pens);
        checks = List.copyOf(checks);
        elsewhere = elsewhere.map(Set::copyOf);
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

    /** For how long a command of a former owner may be on its way to a pen after the pen became ours: longer than any deadline. */
    static final Duration FLIGHT = Duration.ofSeconds(3);

    /**
     * The warm-up in force. With others that act on the same pen, or did until a moment ago, it is at least as long as what they wrote
     * last can hold: a lease, by a clock of pen's that may run slower than ours.
     */
    long warmUpNanos() {
        Duration lease = Duration.ofSeconds(settings.leaseSeconds());
        Duration others =
                elsewhere.isPresent() ? lease.plus(lease.dividedBy(4)) : settings.agents() > 1 ? lease : Duration.ZERO;
        return Math.max(settings.warmUp().toNanos(), others.toNanos());
    }
}
