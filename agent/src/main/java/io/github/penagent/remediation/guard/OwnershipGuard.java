package io.github.penagent.remediation.guard;

/**
 * The pen is this agent's, as far as can be proved; and it is within this agent's share, if several act on one pen: together they can
 * never empty it.
 */
final class OwnershipGuard implements Guard {

    @Override
    public String name() {
        return "ownership";
    }

    @Override
    public Answer ask(Proposal proposal, PenFacts pen) {
        if (!pen.fleet().proven()) {
            return Answer.of(false, name(), "it cannot be proved now that this pen is this agent's");
        }
        PenFacts.Limits limits = pen.limits();
        int usable = pen.usable();
        int most = limits.shareOf(Math.max(0, usable - 1));
        int asserted = limits.shareOf(pen.cap());
        int own = pen.others(proposal, SlotFacts::own) + 1;
        int ownAsserted = pen.others(proposal, slot -> slot.out() == SlotFacts.Out.OWN) + 1;
        boolean within = own <= most && (!proposal.asserted() || ownAsserted <= asserted);
        String words = "agent " + (limits.index() + 1) + " of " + limits.agents() + ": " + own + " of " + most
                + " leases in all, " + asserted + " on the word of checks and alerts";
        return Answer.of(!proposal.isNew() || within, name(), words);
    }
}
