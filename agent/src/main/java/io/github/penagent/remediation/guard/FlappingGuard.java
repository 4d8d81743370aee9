package io.github.penagent.remediation.guard;

/** The backend does not come and go. */
final class FlappingGuard implements Guard {

    @Override
    public String name() {
        return "flapping";
    }

    @Override
    public Answer ask(Proposal proposal, PenFacts pen) {
        return proposal.flapping()
                .filter(words -> proposal.isNew())
                .map(words -> Answer.refuse(name(), words))
                .orElseGet(() -> Answer.pass(name(), "steady"));
    }
}
