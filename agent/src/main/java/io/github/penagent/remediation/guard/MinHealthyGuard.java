package io.github.penagent.remediation.guard;

/** Enough others were seen healthy since the first sign of trouble. */
final class MinHealthyGuard implements Guard {

    @Override
    public String name() {
        return "min_healthy";
    }

    @Override
    public Answer ask(Proposal proposal, PenFacts pen) {
        int need = pen.minHealthyCount();
        int left = pen.others(proposal, slot -> slot.healthySince(proposal.suspectNanos()));
        boolean asked = proposal.isBounded();
        return Answer.of(!asked || left >= need, name(), left + " seen healthy, " + need + " needed");
    }
}
