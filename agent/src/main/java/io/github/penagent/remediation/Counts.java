package io.github.penagent.remediation;

import io.github.penagent.fleet.Remedy;
import io.github.penagent.remediation.guard.Guards;
import java.util.Map;
import java.util.TreeMap;

/** What was done about one pen since the start. Immutable. */
record Counts(
        Map<String, Long> ejections,
        Map<String, Long> renewals,
        Map<String, Long> lifts,
        Map<String, Long> suppressed,
        long verifyFailures) {

    static final Counts ZERO = new Counts(sources(), sources(), sources(), guards(), 0);

    Counts ejected(Source source) {
        return new Counts(plus(ejections, source.label()), renewals, lifts, suppressed, verifyFailures);
    }

    Counts renewed(Source source) {
        return new Counts(ejections, plus(renewals, source.label()), lifts, suppressed, verifyFailures);
    }

    Counts lifted(Source source) {
        return new Counts(ejections, renewals, plus(lifts, source.label()), suppressed, verifyFailures);
    }

    Counts suppressed(String guard) {
        return new Counts(ejections, renewals, lifts, plus(suppressed, guard), verifyFailures);
    }

    Counts verifyFailed() {
        return new Counts(ejections, renewals, lifts, suppressed, verifyFailures + 1);
    }

    Remedy.Tally tally() {
        return new Remedy.Tally(ejections, renewals, lifts, suppressed, verifyFailures);
    }

    private static Map<String, Long> plus(Map<String, Long> counts, String key) {
        Map<String, Long> more = new TreeMap<>(counts);
        more.merge(key, 1L, Long::sum);
        return more;
    }

    private static Map<String, Long> sources() {
        Map<String, Long> zero = new TreeMap<>();
        for (Source source : Source.values()) {
            zero.put(source.label(), 0L);
        }
        return zero;
    }

    private static Map<String, Long> guards() {
        Map<String, Long> zero = new TreeMap<>();
        Guards.names().forEach(name -> zero.put(name, 0L));
        return zero;
    }
}
