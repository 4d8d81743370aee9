package io.github.penagent.remediation.guard;

import java.time.Duration;
import java.util.Locale;

/** Our view is good enough: most backends have fresh checks, and pen does not get through where we cannot. */
final class UnknownGuard implements Guard {
    static final double MIN_COVERAGE = 0.7;

    /** A backend that answers pen half as well as the others is not dead, whatever our checks say. */
    static final double MAX_SHARE = 0.5;

    static final double MIN_CONTRAST = 5;
    static final Duration PATIENCE = Duration.ofSeconds(10);

    @Override
    public String name() {
        return "unknown";
    }

    @Override
    public Answer ask(Proposal proposal, PenFacts pen) {
        int checked = pen.count(slot -> slot.usable() && slot.checked());
        int fresh = pen.count(slot -> slot.usable() && slot.checked() && slot.fresh());
        if (fresh < MIN_COVERAGE * checked) {
            return Answer.refuse(name(), "only " + fresh + " of " + checked + " checked backends have fresh results");
        }
        SlotFacts target = proposal.target();
        if (!proposal.needsContrast() || !proposal.isNew() || pen.count(SlotFacts::everMoved) == 0) {
            return Answer.pass(name(), fresh + " of " + checked + " checked backends have fresh results");
        }
        if (!told(target, proposal.suspectNanos(), pen.nanos())) {
            return Answer.refuse(name(), "whether pen still gets through to it is not known yet");
        }
        if (Double.isNaN(target.shareOfPeers())) {
            return Answer.pass(name(), "pen gets nothing from it, and little from others");
        }
        String words = String.format(
                Locale.ROOT, "pen gets %.0f %% of what it gets from another on average", 100 * target.shareOfPeers());
        return Answer.of(target.shareOfPeers() <= MAX_SHARE, name(), words);
    }

    /**
     * One silent moment is chance where there is little traffic: the others have to have answered some times each, and nothing has
     * come back from this one since. Where hardly anything moves, waiting tells no more.
     */
    private static boolean told(SlotFacts target, long suspectNanos, long nanos) {
        boolean waited = nanos - suspectNanos >= PATIENCE.toNanos() && target.movedNanos() <= suspectNanos;
        return target.windowNanos() > suspectNanos && (target.contrast() >= MIN_CONTRAST || waited);
    }
}
