package io.github.penagent.remediation;

import io.github.penagent.remediation.guard.Answer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** The lines of the audit file. Their keys are for programs to read: they may grow in number, and do not change. */
final class AuditRecord {
    private AuditRecord() {}

    /** What was decided, whether or not it was permitted. */
    static String decided(Instant now, Decision decision) {
        return begun(now, decision).text("phase", "decided").toString();
    }

    /** What became of it. */
    static String outcome(Instant now, Decision decision, WriteOutcome outcome, String seen) {
        return begun(now, decision)
                .text("phase", "outcome")
                .text("outcome", outcome.name().toLowerCase(Locale.ROOT))
                .text("seen", seen)
                .toString();
    }

    private static JsonLine begun(Instant now, Decision decision) {
        JsonLine line = new JsonLine()
                .text("time", now.truncatedTo(ChronoUnit.MILLIS).toString())
                .number("id", decision.id())
                .text("pen", decision.pen());
        if (decision.server() >= 0) {
            line.number("server", decision.server());
        }
        if (!decision.address().isEmpty()) {
            line.text("address", decision.address());
        }
        return line.text("decision", decision.kind().label())
                .text("mode", decision.mode().label())
                .text("source", decision.source().map(Source::label))
                .text("evidence", decision.evidence())
                .list(
                        "guards",
                        decision.guards().stream().map(AuditRecord::guard).toList())
                .text("refused_by", decision.refusedBy())
                .number("lease_seconds", decision.seconds());
    }

    private static JsonLine guard(Answer answer) {
        return new JsonLine()
                .text("guard", answer.guard())
                .flag("passes", answer.passes())
                .text("words", answer.words());
    }
}
