package io.github.penagent.remediation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.penagent.fleet.Outlook;
import io.github.penagent.fleet.PenState;
import io.github.penagent.fleet.Remedy;
import io.github.penagent.fleet.Samples;
import io.github.penagent.health.Cause;
import io.github.penagent.health.Check;
import io.github.penagent.health.Pace;
import io.github.penagent.health.PassiveSettings;
import io.github.penagent.health.Question;
import io.github.penagent.health.Result;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the page is told of each backend, and that it is told only when it is new. */
class ShownTest {
    private static final String BAD = "10.0.0.1:80";
    private static final Check HOME = new Check(
            "home",
            Set.of(),
            Set.of(),
            new Question.Tcp(),
            new Pace(Duration.ofSeconds(1), Duration.ofMillis(200), Duration.ofSeconds(1), 3, 2));

    private final Rules rules;
    private State state;
    private long nanos = Samples.SECOND;

    ShownTest(@TempDir Path folder) {
        rules = new Rules(
                List.of("web"),
                SettingsFixture.in(folder).settings(),
                List.of(HOME),
                new PassiveSettings(true, 3, 4_096),
                0.01);
        state = State.start(rules, nanos);
        hear(new Event.Polled(
                nanos,
                PenState.unknown("web")
                        .next(Samples.polled("web", 1, 7, Samples.slots(BAD, 1, 2, "10.0.0.2:80", 3, 4)))));
    }

    @Test
    void one_failure_makes_suspect_and_enough_of_them_failing() {
        refuse();
        assertThat(opinion().verdict()).isEqualTo(Outlook.Verdict.SUSPECT);
        assertThat(opinion().evidence()).contains("check home: refused 1 time");

        refuse();
        refuse();
        assertThat(opinion().verdict()).isEqualTo(Outlook.Verdict.FAILING);
        assertThat(opinion().evidence()).contains("refused 3 times in a row");
        assertThat(opinion().sinceNanos()).isPresent();
    }

    @Test
    void what_goes_on_as_before_is_not_news() {
        for (int i = 0; i < 5; i++) {
            refuse();
        }
        Set<Remedy> shown = new HashSet<>();
        for (int i = 0; i < 20; i++) {
            refuse();
            shown.add(shown());
            nanos += 100_000_000;
            hear(new Event.Tick(nanos));
            shown.add(shown());
        }

        assertThat(shown).hasSize(1);
    }

    @Test
    void a_hold_is_shown_with_who_why_and_until_when() {
        long until = nanos + 60 * Samples.SECOND;
        hear(new Event.Held(nanos, "web", BAD, new Hold(Hold.Kind.KEEP_IN, "ann", "migration", until)));

        assertThat(opinion().hold()).contains(new Outlook.Held("keep-in", "ann", "migration", until));
        assertThat(opinion().verdict()).isEqualTo(Outlook.Verdict.FINE);
    }

    @Test
    void the_kill_switch_is_shown_and_what_is_fine_is_not_spoken_of() {
        hear(new Event.KillSwitch(nanos, true));

        assertThat(shown().outlook().killSwitch()).isTrue();
        assertThat(shown().outlook().opinions()).isEmpty();
    }

    private void refuse() {
        nanos += 200_000_000;
        hear(new Event.Checked(
                nanos,
                "web",
                BAD,
                "home",
                new Result.Bad(nanos - 1_000_000, nanos, Cause.REFUSED, "connection refused")));
    }

    private void hear(Event event) {
        state = Core.step(state, event).state();
    }

    private Remedy shown() {
        return state.remedy("web").orElseThrow();
    }

    private Outlook.Opinion opinion() {
        return shown().outlook().opinions().get(0);
    }
}
