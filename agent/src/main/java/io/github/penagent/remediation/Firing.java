package io.github.penagent.remediation;

/**
 * What is known of one alert about one backend, also after it was resolved, so that a late repetition does not bring it back.
 *
 * @param firing false: resolved, which is final for this spell
 * @param sinceNanos when it was first received
 * @param untilNanos when it is forgotten
 */
record Firing(long startsAtMillis, boolean firing, boolean alone, String rule, long sinceNanos, long untilNanos) {

    static Firing first(Alert alert, long nanos) {
        return new Firing(
                alert.startsAtMillis(), alert.firing(), alert.alone(), alert.rule(), nanos, until(alert, nanos));
    }

    /** What another message about this alert says. */
    AlertOutcome outcome(Alert alert) {
        if (alert.startsAtMillis() < startsAtMillis) {
            boolean sameSpell = startsAtMillis - alert.startsAtMillis() <= Alert.SAME_SPELL.toMillis();
            return firing && alert.firing() && sameSpell ? AlertOutcome.DUPLICATE : AlertOutcome.STALE;
        }
        if (!alert.firing()) {
            return AlertOutcome.RESOLVED;
        }
        if (alert.startsAtMillis() > startsAtMillis) {
            return AlertOutcome.ACCEPTED;
        }
        return firing ? AlertOutcome.DUPLICATE : AlertOutcome.STALE;
    }

    /** This alert after another message about it; one about an earlier spell says nothing. */
    Firing next(Alert alert, long nanos) {
        return switch (outcome(alert)) {
            case STALE -> this;
            case DUPLICATE ->
                new Firing(
                        Math.min(startsAtMillis, alert.startsAtMillis()),
                        true,
                        alert.alone(),
                        alert.rule(),
                        sinceNanos,
                        Math.max(untilNanos, until(alert, nanos)));
            default -> first(alert, nanos);
        };
    }

    private static long until(Alert alert, long nanos) {
        return nanos + (alert.firing() ? alert.ttlNanos() : Alert.OLD.toNanos());
    }
}
