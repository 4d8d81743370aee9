package io.github.penagent.remediation.guard;

/** The slot that the evidence is about is still in pen's table and in use. */
final class IdentityGuard implements Guard {

    @Override
    public String name() {
        return "identity";
    }

    @Override
    public Answer ask(Proposal proposal, PenFacts pen) {
        SlotFacts target = proposal.target();
        boolean there = pen.slots().contains(target);
        return Answer.of(
                there && target.usable(),
                name(),
                !there
                        ? "slot " + target.server() + " is not " + target.address() + " any more"
                        : target.usable()
                                ? "slot " + target.server() + " is " + target.address()
                                : "pen does not use slot " + target.server());
    }
}
