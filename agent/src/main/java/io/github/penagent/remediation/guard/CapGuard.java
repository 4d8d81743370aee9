package io.github.penagent.remediation.guard;

/** Not too many are out, counted with this one and whatever the cause. */
final class CapGuard implements Guard {

    @Override
    public String name() {
        return "cap";
    }

    @Override
    public Answer ask(Proposal proposal, PenFacts pen) {
        int out = pen.countedOut() + proposal.more();
        boolean asked = proposal.isBounded();
        return Answer.of(
                !asked || out <= pen.cap(),
                name(),
                out + " of " + pen.usable() + " would be out, " + pen.cap() + " may be");
    }
}
