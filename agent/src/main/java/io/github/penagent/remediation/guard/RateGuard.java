package io.github.penagent.remediation.guard;

import java.time.Duration;

/** Not too fast: each ejection has to show its effect before the next on the same kind of word. */
public final class RateGuard implements Guard {
    /** One in this time on one pen. */
    public static final Duration PEN_WINDOW = Duration.ofSeconds(10);

    /** {@value #PER_FLEET_WINDOW} in this time on all pens. */
    public static final Duration FLEET_WINDOW = Duration.ofMinutes(1);

    static final int PER_PEN_WINDOW = 1;
    static final int PER_FLEET_WINDOW = 3;

    @Override
    public String name() {
        return "rate";
    }

    @Override
    public Answer ask(Proposal proposal, PenFacts pen) {
        boolean asked = proposal.isBounded();
        boolean within = pen.recentEjections() < PER_PEN_WINDOW && pen.fleet().recentEjections() < PER_FLEET_WINDOW;
        return Answer.of(
                !asked || within,
                name(),
                pen.recentEjections() + " on this pen in the last " + PEN_WINDOW.toSeconds() + " s, "
                        + pen.fleet().recentEjections() + " on all in the last " + FLEET_WINDOW.toSeconds() + " s");
    }
}
