package io.github.penagent.web;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** A decision as JSON. What is not known is left out, never null. */
final class DecisionJson {
    private DecisionJson() {}

    static JsonObject of(DecisionRow row) {
        JsonObject decision = new JsonObject()
                .put("time", row.time().toString())
                .put("id", row.id())
                .put("pen", row.pen());
        if (row.server() >= 0) {
            decision.put("server", row.server());
        }
        if (!row.address().isEmpty()) {
            decision.put("address", row.address());
        }
        decision.put("decision", row.decision()).put("mode", row.mode());
        row.source().ifPresent(source -> decision.put("source", source));
        decision.put("evidence", row.evidence()).put("guards", guards(row));
        row.refusedBy().ifPresent(guard -> decision.put("refusedBy", guard));
        decision.put("leaseSeconds", row.leaseSeconds());
        row.outcome().ifPresent(outcome -> decision.put("outcome", outcome));
        row.seen().ifPresent(seen -> decision.put("seen", seen));
        return decision;
    }

    private static JsonArray guards(DecisionRow row) {
        JsonArray guards = new JsonArray();
        for (DecisionRow.GuardAnswer answer : row.guards()) {
            guards.add(new JsonObject()
                    .put("guard", answer.guard())
                    .put("passes", answer.passes())
                    .put("words", answer.words()));
        }
        return guards;
    }
}
