package io.github.penagent;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.penagent.remediation.Decision;
import io.github.penagent.remediation.DecisionLog;
import io.github.penagent.remediation.Mode;
import io.github.penagent.remediation.Source;
import io.github.penagent.remediation.WriteOutcome;
import io.github.penagent.remediation.guard.Answer;
import io.github.penagent.web.DecisionRow;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DecisionRowsTest {
    private static final Instant AT = Instant.parse("2026-01-02T03:04:05Z");

    @Test
    void the_door_shows_every_part_of_a_decision_in_the_words_of_the_configuration() {
        DecisionLog log = new DecisionLog();
        log.add(decision(7, Optional.empty()), AT);
        log.add(decision(8, Optional.of("mode")), AT);
        log.outcome(7, WriteOutcome.NOT_WRITTEN, "slot 1 is another backend");

        assertThat(DecisionRows.of(log))
                .containsExactly(
                        row(8, Optional.of("mode"), Optional.empty(), Optional.empty()),
                        row(7, Optional.empty(), Optional.of("not_written"), Optional.of("slot 1 is another backend")));
    }

    private static Decision decision(long id, Optional<String> refusedBy) {
        return new Decision(
                id,
                5,
                "web",
                1,
                "10.0.0.12:80",
                Decision.Kind.RAISE_PENDING,
                Mode.DRY_RUN,
                Optional.of(Source.PASSIVE),
                "nothing comes back",
                List.of(new Answer("cap", true, "1 of 3")),
                refusedBy,
                20);
    }

    private static DecisionRow row(
            long id, Optional<String> refusedBy, Optional<String> outcome, Optional<String> seen) {
        return new DecisionRow(
                AT,
                id,
                "web",
                1,
                "10.0.0.12:80",
                "raise_pending",
                "dry-run",
                Optional.of("passive"),
                "nothing comes back",
                List.of(new DecisionRow.GuardAnswer("cap", true, "1 of 3")),
                refusedBy,
                20,
                outcome,
                seen);
    }
}
