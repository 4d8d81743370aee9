package io.github.penagent.remediation;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Which of the alerts that are sent to us may speak against a backend, and against which: their labels have to say so. */
public final class AlertRules {
    private static final String NAME = "alertname";
    private static final String ACTION = "pen_action";
    private static final String EJECT = "eject";
    private static final String PEN = "pen";
    private static final String ADDRESS = "address";

    /** By how much a sender's clock may be ahead of ours. */
    private static final Duration AHEAD = Duration.ofMinutes(1);

    private final Map<String, AlertRule> byName;
    private final InstantSource wall;

    /** @param wall the time of day */
    public AlertRules(List<AlertRule> rules, InstantSource wall) {
        this.byName = rules.stream().collect(Collectors.toMap(AlertRule::rule, Function.identity()));
        this.wall = wall;
    }

    /**
     * What an alert is to us, before the backends are looked at.
     *
     * @param fingerprint tells this alert from others
     * @param startsAt when this spell of it began
     * @param firing false: resolved
     */
    public AlertReading read(String fingerprint, Instant startsAt, boolean firing, Map<String, String> labels) {
        AlertRule rule = byName.get(labels.getOrDefault(NAME, ""));
        if (rule == null) {
            return new AlertReading.Refused(AlertOutcome.NOT_NAMED);
        }
        if (!EJECT.equals(labels.get(ACTION))) {
            return new AlertReading.Refused(AlertOutcome.NO_OPT_IN);
        }
        Optional<String> pen = label(labels, PEN);
        Optional<String> address = label(labels, ADDRESS);
        if (pen.isEmpty() || address.isEmpty()) {
            return new AlertReading.Refused(AlertOutcome.NO_MATCH);
        }
        Instant now = wall.instant();
        if (startsAt.isAfter(now.plus(AHEAD)) || startsAt.isBefore(Instant.EPOCH)) {
            return new AlertReading.Refused(AlertOutcome.STALE);
        }
        return new AlertReading.Taken(new Alert(
                fingerprint,
                startsAt.toEpochMilli(),
                firing,
                startsAt.isBefore(now.minus(Alert.OLD)),
                pen.get(),
                address.get(),
                rule.rule(),
                rule.alone(),
                rule.ttl().toNanos()));
    }

    private static Optional<String> label(Map<String, String> labels, String name) {
        return Optional.ofNullable(labels.get(name)).filter(value -> !value.isEmpty());
    }
}
