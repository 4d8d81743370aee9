package io.github.penagent.remediation.guard;

/** It can be written down: what leaves no record is not done. */
final class AuditGuard implements Guard {

    @Override
    public String name() {
        return "audit";
    }

    @Override
    public Answer ask(Proposal proposal, PenFacts pen) {
        return Answer.of(pen.audited(), name(), pen.audited() ? "records are written" : "records cannot be written");
    }
}
