package io.github.penagent.remediation.guard;

/** Not too many are out on all pens together, from three pens on. */
final class GlobalCapGuard implements Guard {
    static final double MAX_SHARE = 0.2;
    static final int FROM_PENS = 3;

    @Override
    public String name() {
        return "global_cap";
    }

    @Override
    public Answer ask(Proposal proposal, PenFacts pen) {
        PenFacts.FleetFacts fleet = pen.fleet();
        int cap = Math.max(1, (int) Math.floor(fleet.slots() * MAX_SHARE));
        int out = fleet.ownAsserted() + proposal.more();
        boolean asked = proposal.isBounded() && fleet.pens() >= FROM_PENS;
        return Answer.of(
                !asked || out <= cap,
                name(),
                out + " of " + fleet.slots() + " backends of all pens would be out, " + cap + " may be");
    }
}
