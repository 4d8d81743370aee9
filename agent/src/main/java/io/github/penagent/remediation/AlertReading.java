package io.github.penagent.remediation;

/** What one alert that was sent to us is, before the backends are looked at. */
public sealed interface AlertReading {

    /** It may be about a backend. */
    record Taken(Alert alert) implements AlertReading {}

    /** It cannot count, whatever pens say. */
    record Refused(AlertOutcome why) implements AlertReading {}
}
