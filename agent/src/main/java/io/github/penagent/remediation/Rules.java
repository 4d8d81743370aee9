package io.github.penagent.remediation;

import io.github.penagent.health.Check;
import io.github.penagent.health.PassiveSettings;
import java.util.List;

/**
 * What the core goes by: all of it can change while it runs.
 *
 * @param pens the configured pens, in order
 * @param maxPenLoad the share of a pen's loop that this agent may take, 0 to 1
 */
public record Rules(
        List<String> pens,
        RemediationSettings settings,
        List<Check> checks,
        PassiveSettings passive,
        double maxPenLoad) {
    public Rules {
        pens = List.copyOf(pens);
        checks = List.copyOf(checks);
    }
}
