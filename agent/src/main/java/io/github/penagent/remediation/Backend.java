package io.github.penagent.remediation;

import io.github.penagent.health.CheckHistory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What is known of one backend of one pen, by its address: evidence follows the address, whichever slot it is in. Immutable.
 *
 * @param checks what each check has said, by the check's name
 * @param alerts by fingerprint, at most {@link #MAX_ALERTS}
 * @param hold a person's word
 * @param comings when it left or came back by our doing, within {@link #COMINGS_WINDOW}, oldest first
 * @param relapses how often it failed again soon after it had come back
 * @param returnedNanos when it last came back; {@link Long#MIN_VALUE} if it never did
 * @param steadyNanos until when it is left alone because it comes and goes
 */
record Backend(
        Map<String, CheckHistory> checks,
        Map<String, Firing> alerts,
        Optional<Hold> hold,
        List<Long> comings,
        int relapses,
        long returnedNanos,
        long steadyNanos) {

    static final Backend NEW =
            new Backend(Map.of(), Map.of(), Optional.empty(), List.of(), 0, Long.MIN_VALUE, Long.MIN_VALUE);

    static final int MAX_ALERTS = 32;
    static final Duration COMINGS_WINDOW = Duration.ofMinutes(10);

    /** Out and back, out and back, and once more. */
    static final int MAX_COMINGS = 5;

    /** For how long one that comes and goes is left alone. */
    static final Duration STEADY = Duration.ofMinutes(15);

    /** Failing again within this time is a relapse. */
    static final Duration RELAPSE_WINDOW = Duration.ofMinutes(10);

    /** One relapse is forgotten for each. */
    static final Duration FORGIVEN = Duration.ofMinutes(2);

    private static final int MAX_RELAPSES = 10;

    Backend with(String check, CheckHistory history) {
        Map<String, CheckHistory> more = new TreeMap<>(checks);
        more.put(check, history);
        return withChecks(more);
    }

    Backend withChecks(Map<String, CheckHistory> all) {
        return new Backend(
                Collections.unmodifiableMap(all), alerts, hold, comings, relapses, returnedNanos, steadyNanos);
    }

    Backend with(Optional<Hold> newHold) {
        return new Backend(checks, alerts, newHold, comings, relapses, returnedNanos, steadyNanos);
    }

    /** What a message about an alert says, given what is known of it. */
    AlertOutcome outcome(Alert alert, long nanos) {
        Firing known = alerts.get(alert.fingerprint());
        if (known != null && known.untilNanos() > nanos) {
            return known.outcome(alert);
        }
        if (!alert.firing()) {
            return AlertOutcome.RESOLVED;
        }
        if (alert.old()) {
            return AlertOutcome.STALE;
        }
        long firing = alerts.values().stream()
                .filter(other -> other.firing() && other.untilNanos() > nanos)
                .count();
        return firing < MAX_ALERTS ? AlertOutcome.ACCEPTED : AlertOutcome.TOO_MANY;
    }

    /** With one more alert, or another message about a known one; further ones than fit are not taken in. */
    Backend with(Alert alert, long nanos) {
        if (outcome(alert, nanos) == AlertOutcome.STALE) {
            return this;
        }
        Map<String, Firing> more = new LinkedHashMap<>(alerts);
        more.values().removeIf(known -> known.untilNanos() <= nanos);
        Firing known = more.get(alert.fingerprint());
        if (known == null && more.size() >= MAX_ALERTS && !forgetResolved(more)) {
            return this;
        }
        more.put(alert.fingerprint(), known == null ? Firing.first(alert, nanos) : known.next(alert, nanos));
        return withAlerts(more);
    }

    /** Makes room at the cost of the oldest of those that are over. */
    private static boolean forgetResolved(Map<String, Firing> alerts) {
        Optional<String> oldest = alerts.entrySet().stream()
                .filter(entry -> !entry.getValue().firing())
                .min(Comparator.comparingLong(entry -> entry.getValue().untilNanos()))
                .map(Map.Entry::getKey);
        oldest.ifPresent(alerts::remove);
        return oldest.isPresent();
    }

    private Backend withAlerts(Map<String, Firing> all) {
        return new Backend(
                checks, Collections.unmodifiableMap(all), hold, comings, relapses, returnedNanos, steadyNanos);
    }

    /** Without what has run out by now. */
    Backend at(long nanos) {
        Backend now = this;
        if (alerts.values().stream().anyMatch(alert -> alert.untilNanos() <= nanos)) {
            Map<String, Firing> left = new LinkedHashMap<>(alerts);
            left.values().removeIf(alert -> alert.untilNanos() <= nanos);
            now = now.withAlerts(left);
        }
        if (hold.filter(h -> h.untilNanos() <= nanos).isPresent()) {
            now = now.with(Optional.empty());
        }
        return now;
    }

    /** It leaves by our doing. */
    Backend left(long nanos) {
        boolean relapse = returnedNanos != Long.MIN_VALUE && nanos - returnedNanos <= RELAPSE_WINDOW.toNanos();
        int count = Math.min(MAX_RELAPSES, relapsesAt(nanos) + (relapse ? 1 : 0));
        return new Backend(checks, alerts, hold, coming(nanos), count, returnedNanos, steadyNanos);
    }

    /** It has not left after all. */
    Backend stayed(Backend before) {
        return new Backend(checks, alerts, hold, before.comings, before.relapses, returnedNanos, steadyNanos);
    }

    /** What outlives its absence from pen's table: what people said, and how often it came and went. */
    Backend absent() {
        return new Backend(Map.of(), Map.of(), hold, comings, relapses, returnedNanos, steadyNanos);
    }

    /** Whether that is anything. */
    boolean memorable(long nanos) {
        return hold.isPresent() || steadyNanos > nanos || !recent(nanos).isEmpty();
    }

    /** It is back, whoever let it. */
    Backend returned(long nanos) {
        return new Backend(checks, alerts, hold, coming(nanos), relapses, nanos, steadyNanos);
    }

    /** It is to be left alone for a while. */
    Backend steadyUntil(long nanos) {
        return new Backend(checks, alerts, hold, comings, relapses, returnedNanos, nanos);
    }

    /** Whether it may leave and come back once more without going over the limit. */
    boolean mayLeave(long nanos) {
        return recent(nanos).size() + 2 <= MAX_COMINGS;
    }

    int relapsesAt(long nanos) {
        if (returnedNanos == Long.MIN_VALUE) {
            return relapses;
        }
        long forgiven = (nanos - returnedNanos) / FORGIVEN.toNanos();
        return (int) Math.max(0, relapses - forgiven);
    }

    private List<Long> recent(long nanos) {
        return comings.stream()
                .filter(at -> nanos - at < COMINGS_WINDOW.toNanos())
                .toList();
    }

    private List<Long> coming(long nanos) {
        List<Long> more = new ArrayList<>(recent(nanos));
        more.add(nanos);
        return List.copyOf(more.subList(Math.max(0, more.size() - 2 * MAX_COMINGS), more.size()));
    }
}
