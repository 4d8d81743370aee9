package io.github.penagent.remediation;

/**
 * What is known of one alert about one backend, also after it was resolved, so that a late repetition does not bring it back.
 *
 * @param firing false: resolved, which is final for this spell
 * @param sinceNanos when it was first received
 * @param untilNanos when it is forgotten
 */
record Firing(long startsAtMillis, boolean firing, boolean alone, String rule, long sinceNanos, long untilNanos) {

    /** This alert after another message about it; one about an earlier spell says nothing. */
    Firing next(Alert alert, long nanos) {
        if (alert.startsAtMillis() < startsAtMillis) {
            return this;
        }
        boolean sameSpell = alert.startsAtMillis() == startsAtMillis;
        boolean stillFiring = alert.firing() && !(sameSpell && !firing);
        long until = Math.max(sameSpell ? untilNanos : Long.MIN_VALUE, nanos + alert.ttlNanos());
        return new Firing(
                alert.startsAtMillis(),
                stillFiring,
                alert.alone(),
                alert.rule(),
                sameSpell ? sinceNanos : nanos,
                until);
    }

    static Firing first(Alert alert, long nanos) {
        return new Firing(
                alert.startsAtMillis(), alert.firing(), alert.alone(), alert.rule(), nanos, nanos + alert.ttlNanos());
    }
}
