package io.github.penagent.remediation.guard;

/** Somebody is left: another backend takes connections and was seen healthy, for what pen agrees with also by its traffic. */
final class LastHealthyGuard implements Guard {

    @Override
    public String name() {
        return "last_healthy";
    }

    @Override
    public Answer ask(Proposal proposal, PenFacts pen) {
        boolean needsTraffic = proposal.isNew() && proposal.basis() == Basis.CORROBORATED;
        long since = proposal.isNew() ? proposal.suspectNanos() : Long.MIN_VALUE;
        int left = pen.others(proposal, slot -> slot.healthySince(since) && (slot.carriesTraffic() || !needsTraffic));
        String kind = needsTraffic ? " healthy and carrying traffic" : " healthy";
        return Answer.of(
                left >= 1,
                name(),
                left + " other backend" + (left == 1 ? "" : "s") + " in service seen" + kind
                        + (proposal.isNew() ? " since the first sign" : ""));
    }
}
