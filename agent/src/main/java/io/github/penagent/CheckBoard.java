package io.github.penagent;

import io.github.penagent.fleet.Fleet;
import io.github.penagent.fleet.Observation;
import io.github.penagent.health.probe.Prober;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Brings what checks have come to into the pens' states, not with each result, as a pen's page is made anew each time. */
final class CheckBoard {
    private static final Logger log = LoggerFactory.getLogger(CheckBoard.class);
    private static final Duration EVERY = Duration.ofMillis(500);

    private final Set<String> changed = ConcurrentHashMap.newKeySet();
    /** Only on the scheduler's thread. */
    private final Set<String> failing = new HashSet<>();

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
                    pens.forEach(pen -> show(pen, prober, fleet));
                })
                .then();
    }

    /** One pen that cannot be shown is no reason to stop showing, and with that checking and polling, the others. */
    private void show(String pen, Prober prober, Fleet fleet) {
        try {
            fleet.accept(new Observation.Checked(pen, prober.checks(pen)));
            failing.remove(pen);
        } catch (RuntimeException bug) {
            (failing.add(pen) ? log.atError() : log.atDebug())
                    .addKeyValue("pen", pen)
                    .setCause(bug)
                    .log("unexpected error, what the checks say is not shown");
        }
    }
}
