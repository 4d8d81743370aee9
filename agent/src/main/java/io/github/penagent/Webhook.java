package io.github.penagent;

import io.github.penagent.metrics.WebhookMeters;
import io.github.penagent.remediation.AlertOutcome;
import io.github.penagent.remediation.AlertReading;
import io.github.penagent.remediation.AlertRules;
import io.github.penagent.web.PostedAlert;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;

/** The way of an alert: from the door, through the rules that name it, to the core, and what became of it back. */
final class Webhook implements Function<List<PostedAlert>, Optional<CompletionStage<Map<String, Integer>>>> {
    /** The core needs a fraction of a millisecond; if it does not come to it, the sender shall try again. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Supplier<AlertRules> rules;
    private final Function<List<AlertReading>, Optional<Mono<List<AlertOutcome>>>> core;
    private final WebhookMeters meters;

    /**
     * @param rules those in force
     * @param core hears a message; empty: too many wait already
     */
    Webhook(
            Supplier<AlertRules> rules,
            Function<List<AlertReading>, Optional<Mono<List<AlertOutcome>>>> core,
            WebhookMeters meters) {
        this.rules = rules;
        this.core = core;
        this.meters = meters;
        for (AlertOutcome outcome : AlertOutcome.values()) {
            meters.expect(outcome.label());
        }
    }

    @Override
    public Optional<CompletionStage<Map<String, Integer>>> apply(List<PostedAlert> posted) {
        AlertRules present = rules.get();
        List<AlertReading> readings = posted.stream()
                .map(alert -> present.read(alert.fingerprint(), alert.startsAt(), alert.firing(), alert.labels()))
                .toList();
        return core.apply(readings)
                .map(heard -> heard.timeout(PATIENCE).map(this::counted).toFuture());
    }

    private Map<String, Integer> counted(List<AlertOutcome> outcomes) {
        Map<String, Integer> counts = new TreeMap<>();
        outcomes.forEach(outcome -> counts.merge(outcome.label(), 1, Integer::sum));
        counts.forEach(meters::heard);
        return counts;
    }
}
