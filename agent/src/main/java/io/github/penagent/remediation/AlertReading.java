package io.github.penagent.remediation;

import java.util.Optional;

/**
 * What one alert that was sent to us is.
 *
 * @param refusal why it cannot count, whatever pens say; empty if there is an alert
 */
public record AlertReading(Optional<AlertOutcome> refusal, Optional<Alert> alert) {
    static AlertReading refused(AlertOutcome why) {
        return new AlertReading(Optional.of(why), Optional.empty());
    }

    static AlertReading of(Alert alert) {
        return new AlertReading(Optional.empty(), Optional.of(alert));
    }
}
