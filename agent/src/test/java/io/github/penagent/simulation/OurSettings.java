package io.github.penagent.simulation;

import io.github.penagent.health.Check;
import io.github.penagent.health.Pace;
import io.github.penagent.health.PassiveSettings;
import io.github.penagent.health.Question;
import io.github.penagent.poll.PollSettings;
import io.github.penagent.poll.RecentClientsSettings;
import io.github.penagent.remediation.Mode;
import io.github.penagent.remediation.RemediationSettings;
import io.github.penagent.remediation.Rules;
import io.github.penagent.remediation.SettingsFixture;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The agent's settings: the defaults, with the mode at enforce and one HTTP check. */
record OurSettings(int agents, int number, Path files) {
    static final int LEASE_SECONDS = 20;

    static final PollSettings POLL = new PollSettings(Duration.ofSeconds(5), Duration.ofSeconds(2), 0.01);

    static final RecentClientsSettings CLIENTS =
            new RecentClientsSettings(true, Duration.ofMinutes(5), Duration.ofSeconds(30), 0);

    static final Check CHECK = new Check(
            "home",
            Set.of(),
            Set.of(),
            new Question.Http(
                    false,
                    "GET",
                    "/healthz",
                    Optional.empty(),
                    List.of(new Question.StatusRange(200, 399)),
                    Optional.empty(),
                    0),
            new Pace(Duration.ofSeconds(5), Duration.ofMillis(200), Duration.ofSeconds(2), 3, 2));

    RemediationSettings remediation() {
        return SettingsFixture.in(files)
                .named("agent" + number)
                .mode(Mode.ENFORCE, "web")
                .lease(LEASE_SECONDS)
                .agents(agents, number)
                .settings();
    }

    Rules rules(String pen) {
        return new Rules(
                List.of(pen), remediation(), List.of(CHECK), new PassiveSettings(true, 3, 4_096), POLL.maxPenLoad());
    }
}
