package io.github.penagent.remediation.guard;

/** Nobody else keeps the slot out: what we did not write we do not change. */
final class ForeignGuard implements Guard {

    @Override
    public String name() {
        return "foreign";
    }

    @Override
    public Answer ask(Proposal proposal, PenFacts pen) {
        int left = proposal.foreignSeconds();
        return Answer.of(
                left <= 0,
                name(),
                left <= 0 ? "no other blacklist known" : "blacklisted by somebody else for another " + left + " s");
    }
}
