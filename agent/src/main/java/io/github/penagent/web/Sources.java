package io.github.penagent.web;

import io.github.penagent.fleet.PenState;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What the door shows, handed to it by the wiring.
 *
 * @param metrics the page for a scrape, in the format it asks for
 * @param pens every pen's present state, in the order in which they are shown
 * @param freshen completes with the pen's state once that is younger than the poll interval; empty if there is no such
 *     pen
 * @param decisions what was decided lately, newest first; empty where nothing is
 * @param alive whether pens are polled still
 * @param ready whether every pen was asked at least once
 * @param config the configuration in force, as JSON, secrets masked
 * @param version of this agent
 * @param others that share the pens with this one
 */
public record Sources(
        Function<ScrapeRequest, ScrapeAnswer> metrics,
        Supplier<List<PenState>> pens,
        Function<String, Optional<CompletionStage<PenState>>> freshen,
        Supplier<List<DecisionRow>> decisions,
        BooleanSupplier alive,
        BooleanSupplier ready,
        Supplier<String> config,
        String version,
        Supplier<Others> others) {

    /** Of an agent alone. */
    public Sources(
            Function<ScrapeRequest, ScrapeAnswer> metrics,
            Supplier<List<PenState>> pens,
            Function<String, Optional<CompletionStage<PenState>>> freshen,
            Supplier<List<DecisionRow>> decisions,
            BooleanSupplier alive,
            BooleanSupplier ready,
            Supplier<String> config,
            String version) {
        this(metrics, pens, freshen, decisions, alive, ready, config, version, () -> Others.NONE);
    }
}
