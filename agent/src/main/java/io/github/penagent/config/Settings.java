package io.github.penagent.config;

import io.github.penagent.discovery.TargetsSettings;
import io.github.penagent.health.Check;
import io.github.penagent.health.PassiveSettings;
import io.github.penagent.poll.PollSettings;
import io.github.penagent.poll.RecentClientsSettings;
import io.github.penagent.poll.Target;
import io.github.penagent.remediation.RemediationSettings;
import io.github.penagent.web.AdminSettings;
import io.github.penagent.web.WebSettings;
import java.util.List;
import java.util.Optional;

/**
 * All that a configuration file says, checked.
 *
 * @param pens the fixed list; empty only where targets names a source
 * @param targets where others are named
 * @param admin empty: there is no such listener
 */
public record Settings(
        List<Target> pens,
        TargetsSettings targets,
        PollSettings poll,
        RecentClientsSettings recentClients,
        WebSettings web,
        Optional<AdminSettings> admin,
        List<Check> checks,
        PassiveSettings passive,
        RemediationSettings remediation) {
    public Settings {
        pens = List.copyOf(pens);
        checks = List.copyOf(checks);
    }
}
