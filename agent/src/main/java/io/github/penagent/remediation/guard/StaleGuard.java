package io.github.penagent.remediation.guard;

import java.time.Duration;
import java.util.Locale;

/** What is decided on is recent: pen was read within a second, and the checks still say something. */
final class StaleGuard implements Guard {
    /** Right before the command the slot is read once more; this is so that the other guards speak of the present. */
    static final Duration MAX_AGE = Duration.ofSeconds(1);

    @Override
    public String name() {
        return "stale";
    }

    @Override
    public Answer ask(Proposal proposal, PenFacts pen) {
        if (pen.readNanos() == Long.MIN_VALUE) {
            return Answer.refuse(name(), "the pen cannot be read");
        }
        long age = pen.nanos() - pen.readNanos();
        String words = String.format(Locale.ROOT, "pen was read %.1f s ago", age / 1e9);
        return Answer.of(age <= MAX_AGE.toNanos(), name(), words);
    }
}
