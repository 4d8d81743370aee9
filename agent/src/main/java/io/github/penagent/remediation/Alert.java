package io.github.penagent.remediation;

import java.time.Duration;

/**
 * One alert about one backend, as far as the core needs it; who may send alerts and how they name a backend is settled before.
 *
 * @param fingerprint tells this alert from others
 * @param startsAtMillis when this spell of it began, unix time; together with the fingerprint the key
 * @param firing false: resolved
 * @param old whether the spell began so long ago that only one who knows of it may believe that it is not over
 * @param pen a configured name
 * @param address the backend, as pen lists it
 * @param rule the alert's name
 * @param alone whether this alert is enough by itself
 * @param ttlNanos for how long it counts without being repeated
 */
public record Alert(
        String fingerprint,
        long startsAtMillis,
        boolean firing,
        boolean old,
        String pen,
        String address,
        String rule,
        boolean alone,
        long ttlNanos) {
    /** A spell that began longer ago is old; one that was resolved is remembered for as long, so that no copy brings it back. */
    static final Duration OLD = Duration.ofHours(24);

    /** Two Prometheus servers see one spell begin at different times, and Alertmanager may tell the earlier one later. */
    static final Duration SAME_SPELL = Duration.ofMinutes(5);
}
