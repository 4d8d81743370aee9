package io.github.penagent.web;

import java.time.Instant;
import java.util.Map;

/**
 * One alert of a message of Alertmanager.
 *
 * @param fingerprint tells it from others: Alertmanager's hash of its labels
 * @param startsAt when it began to fire
 * @param firing false: resolved
 */
public record PostedAlert(String fingerprint, Instant startsAt, boolean firing, Map<String, String> labels) {
    public PostedAlert {
        labels = Map.copyOf(labels);
    }
}
