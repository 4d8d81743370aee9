package io.github.penagent.remediation.guard;

import java.util.Locale;

/** Long enough after the start for whatever was written before to have ended, and for a picture to form. */
final class WarmUpGuard implements Guard {

    @Override
    public String name() {
        return "warm_up";
    }

    @Override
    public Answer ask(Proposal proposal, PenFacts pen) {
        long left = pen.warmNanos() - pen.nanos();
        return Answer.of(
                left <= 0 || !proposal.isNew(),
                name(),
                left <= 0 ? "warm" : String.format(Locale.ROOT, "warming up for another %.1f s", left / 1e9));
    }
}
