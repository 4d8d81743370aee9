package io.github.penagent;

import io.github.penagent.fleet.Fleet;
import io.github.penagent.fleet.Observation;
import io.github.penagent.health.probe.Prober;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Brings what checks have come to into the pens' states, not with each result, as a pen's page is made anew each time. */
final class CheckBoard {
    private static final Duration EVERY = Duration.ofMillis(500);

    private final Set<String> changed = ConcurrentHashMap.newKeySet();

    void checked(String pen) {
        changed.add(pen);
    }

    /** Works for as long as it is subscribed to; never completes. */
    Mono<Void> run(Prober prober, Fleet fleet, Scheduler scheduler) {
        return Flux.interval(EVERY, scheduler)
                .onBackpressureDrop()
                .doOnNext(tick -> {
                    Set<String> pens = Set.copyOf(changed);
                    changed.removeAll(pens);
                    pens.forEach(pen -> fleet.accept(new Observation.Checked(pen, prober.checks(pen))));
                })
                .then();
    }
}
