package io.github.penagent.remediation.guard;

import java.util.Locale;

/** The agent does not take much more of pen's time than it may. */
final class LoadGuard implements Guard {
    /** The closer look at what seems to fail takes some, and an ejection must not be refused for that. */
    static final double TOLERANCE = 2;

    @Override
    public String name() {
        return "load";
    }

    @Override
    public Answer ask(Proposal proposal, PenFacts pen) {
        double most = TOLERANCE * pen.limits().maxPenLoad();
        boolean within = Double.isNaN(pen.occupancy()) || pen.occupancy() <= most || !proposal.isNew();
        return Answer.of(
                within,
                name(),
                String.format(Locale.ROOT, "%.2f %% of pen taken, %.2f %% allowed", 100 * pen.occupancy(), 100 * most));
    }
}
