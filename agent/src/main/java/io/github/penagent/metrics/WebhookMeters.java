package io.github.penagent.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;

/** How messages with alerts were answered, and what became of the alerts in them. */
public final class WebhookMeters {
    private static final List<Integer> CODES = List.of(200, 400, 401, 408, 413, 415, 503);

    private final MeterRegistry registry;

    WebhookMeters(MeterRegistry registry) {
        this.registry = registry;
        CODES.forEach(this::requests);
    }

    /** Shows an outcome from now on, also if no alert has it. */
    public void expect(String outcome) {
        alerts(outcome);
    }

    /** A message was answered with this status. */
    public void answered(int code) {
        requests(code).increment();
    }

    /** So many alerts of a message had this outcome. */
    public void heard(String outcome, int alerts) {
        alerts(outcome).increment(alerts);
    }

    private Counter requests(int code) {
        return Counter.builder("pen.agent.webhook.requests")
                .description("Messages of Alertmanager's webhook, by the status of the answer.")
                .tag("code", Integer.toString(code))
                .register(registry);
    }

    private Counter alerts(String outcome) {
        return Counter.builder("pen.agent.webhook.alerts")
                .description("Alerts that the webhook was sent, by what became of them.")
                .tag("outcome", outcome)
                .register(registry);
    }
}
