package io.github.penagent.config;

import io.github.penagent.cluster.ClusterSettings;
import io.github.penagent.discovery.TargetsSettings;
import io.github.penagent.health.Check;
import io.github.penagent.health.PassiveSettings;
import io.github.penagent.poll.PollSettings;
import io.github.penagent.poll.RecentClientsSettings;
import io.github.penagent.poll.Target;
import io.github.penagent.remediation.RemediationSettings;
import io.github.penagent.web.AdminSettings;
import io.github.penagent.web.WebSettings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * All that a configuration file says, checked.
 *
 * @param pens the fixed list; empty only where targets names a source
 * @param targets where others are named
 * @param admin empty: there is no such listener
 * @param cluster which of the pens are this agent's
 * @param reloadWatch how often the file itself is looked at; empty: only when told to
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
        RemediationSettings remediation,
        ClusterSettings cluster,
        Optional<Duration> reloadWatch) {
    public static final Duration MIN_RELOAD_WATCH = Duration.ofSeconds(1);
    public static final Duration MAX_RELOAD_WATCH = Duration.ofHours(24);

    public Settings {
        pens = List.copyOf(pens);
        checks = List.copyOf(checks);
    }

    /** The same for these pens. */
    public Settings with(List<Target> others) {
        return new Settings(
                others, targets, poll, recentClients, web, admin, checks, passive, remediation, cluster, reloadWatch);
    }
}
