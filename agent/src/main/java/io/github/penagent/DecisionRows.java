package io.github.penagent;

import io.github.penagent.remediation.Decision;
import io.github.penagent.remediation.DecisionLog;
import io.github.penagent.remediation.Source;
import io.github.penagent.web.DecisionRow;
import java.util.List;
import java.util.Locale;

/** What was decided, handed to the door, which knows nothing of deciding. */
final class DecisionRows {
    private DecisionRows() {}

    /** Newest first. */
    static List<DecisionRow> of(DecisionLog log) {
        return log.newestFirst().stream().map(DecisionRows::row).toList();
    }

    private static DecisionRow row(DecisionLog.Entry entry) {
        Decision decision = entry.decision();
        return new DecisionRow(
                entry.at(),
                decision.id(),
                decision.pen(),
                decision.server(),
                decision.address(),
                decision.kind().label(),
                decision.mode().label(),
                decision.source().map(Source::label),
                decision.evidence(),
                decision.guards().stream()
                        .map(answer -> new DecisionRow.GuardAnswer(answer.guard(), answer.passes(), answer.words()))
                        .toList(),
                decision.refusedBy(),
                decision.seconds(),
                entry.end().map(end -> end.outcome().name().toLowerCase(Locale.ROOT)),
                entry.end().map(DecisionLog.End::seen));
    }
}
