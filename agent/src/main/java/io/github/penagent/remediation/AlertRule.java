package io.github.penagent.remediation;

import java.time.Duration;

/**
 * An alert that may speak against backends.
 *
 * @param rule its name
 * @param ttl for how long it counts without being repeated, 1 s to 1 h
 * @param alone whether it is enough by itself, without a check or pen's counters agreeing
 */
public record AlertRule(String rule, Duration ttl, boolean alone) {
    public static final Duration MIN_TTL = Duration.ofSeconds(1);
    public static final Duration MAX_TTL = Duration.ofHours(1);
}
