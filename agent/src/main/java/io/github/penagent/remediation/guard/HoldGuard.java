package io.github.penagent.remediation.guard;

/** No person has said otherwise. */
final class HoldGuard implements Guard {

    @Override
    public String name() {
        return "hold";
    }

    @Override
    public Answer ask(Proposal proposal, PenFacts pen) {
        return proposal.hold()
                .map(words -> Answer.refuse(name(), words))
                .orElseGet(() -> Answer.pass(name(), "no hold"));
    }
}
