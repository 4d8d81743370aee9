package io.github.penagent.config;

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
 * @param admin empty: there is no such listener
 * @param reloadWatch how often the file itself is looked at; empty: only when told to
 */
public record Settings(
        List<Target> pens,
        PollSettings poll,
        RecentClientsSettings recentClients,
        WebSettings web,
        Optional<AdminSettings> admin,
        List<Check> checks,
        PassiveSettings passive,
        RemediationSettings remediation,
        Optional<Duration> reloadWatch) {
    public static final Duration MIN_RELOAD_WATCH = Duration.ofSeconds(1);
    public static final Duration MAX_RELOAD_WATCH = Duration.ofHours(24);

    public Settings {
        pens = List.copyOf(pens);
        checks = List.copyOf(checks);
    }
}
