package io.github.penagent.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;

/** What is told of the configuration in force. May be told on any thread. */
public final class ReloadMeters {
    private volatile boolean successful = true;
    private volatile Instant succeeded;

    /** @param started when the first configuration was loaded */
    ReloadMeters(MeterRegistry registry, Instant started) {
        succeeded = started;
        Gauge.builder("pen.agent.config.last.reload.successful", () -> successful ? 1 : 0)
                .description("Whether the last attempt to load the configuration succeeded.")
                .register(registry);
        Gauge.builder("pen.agent.config.last.reload.success.timestamp", () -> succeeded.toEpochMilli() / 1e3)
                .description("When the configuration in force was loaded, as unix time.")
                .baseUnit("seconds")
                .register(registry);
    }

    /** Another configuration is in force. */
    public void succeeded(Instant at) {
        succeeded = at;
        successful = true;
    }

    /** The configuration in force stays, since the new one cannot be used. */
    public void failed() {
        successful = false;
    }
}
