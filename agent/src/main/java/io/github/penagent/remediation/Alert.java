package io.github.penagent.remediation;

/**
 * One alert about one backend, as far as the core needs it; who may send alerts and how they name a backend is settled before.
 *
 * @param fingerprint tells this alert from others
 * @param startsAtMillis when this spell of it began, unix time; together with the fingerprint the key
 * @param firing false: resolved
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
        String pen,
        String address,
        String rule,
        boolean alone,
        long ttlNanos) {}
