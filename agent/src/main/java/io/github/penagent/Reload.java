package io.github.penagent;

import io.github.penagent.config.ConfigLoader;
import io.github.penagent.config.Loaded;
import io.github.penagent.config.Problem;
import io.github.penagent.metrics.ReloadMeters;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;

/** Takes over the configuration file as it is now: all of it, or nothing where anything in it is wrong. */
final class Reload {
    private static final Logger log = LoggerFactory.getLogger(Reload.class);

    private final Path file;
    private final Use use;
    private final ReloadMeters meters;
    private final InstantSource wall;
    private final Scheduler scheduler;
    private final Sinks.Many<Optional<Duration>> watching =
            Sinks.many().replay().latest();

    /** What the file came to last; only on the scheduler's thread. */
    private String seen;

    /** Puts settings in force. */
    interface Use {
        /**
         * Uses them from now on.
         *
         * @return what of them waits for a restart, a line each
         * @throws StartFailure if they cannot be used, and others are in force as before
         */
        List<String> now(Loaded.Good loaded) throws StartFailure;
    }

    /**
     * @param loaded what the file was at the start
     * @param scheduler with one thread, which may wait for a disk: one reload at a time
     */
    Reload(Path file, Loaded.Good loaded, Use use, ReloadMeters meters, InstantSource wall, Scheduler scheduler) {
        this.file = file;
        this.use = use;
        this.meters = meters;
        this.wall = wall;
        this.scheduler = scheduler;
        this.seen = gist(loaded);
        watching.tryEmitNext(loaded.settings().reloadWatch());
    }

    /** Reads the file now. Completes with why it cannot be used, or empty: it is in force. */
    Mono<Optional<String>> now() {
        return Mono.fromSupplier(() -> take(ConfigLoader.load(file))).subscribeOn(scheduler);
    }

    /** Looks at the file as often as its settings say, for as long as it is subscribed to; never completes. */
    Mono<Void> watch() {
        return watching.asFlux()
                .distinctUntilChanged()
                .switchMap(every -> every.map(pause -> Flux.interval(pause, scheduler)
                                .onBackpressureDrop()
                                .doOnNext(tick -> look()))
                        .orElseGet(Flux::never))
                .then();
    }

    private void look() {
        Loaded loaded = ConfigLoader.load(file);
        if (!gist(loaded).equals(seen)) {
            take(loaded);
        }
    }

    private Optional<String> take(Loaded loaded) {
        seen = gist(loaded);
        Optional<String> problem = loaded instanceof Loaded.Good good ? use(good) : Optional.of(seen);
        if (problem.isPresent()) {
            meters.failed();
            log.atError()
                    .addKeyValue("file", file)
                    .log("the configuration cannot be used; the one before stays in force");
            problem.get()
                    .lines()
                    .forEach(line -> log.atError().addKeyValue("err", line).log("configuration problem"));
        }
        return problem;
    }

    private Optional<String> use(Loaded.Good good) {
        try {
            List<String> remarks = use.now(good);
            watching.tryEmitNext(good.settings().reloadWatch());
            meters.succeeded(wall.instant());
            log.atInfo()
                    .addKeyValue("file", file)
                    .addKeyValue("pens", good.settings().pens().size())
                    .log("configuration reloaded");
            remarks.forEach(remark -> log.atWarn().addKeyValue("remark", remark).log("waits for a restart"));
            return Optional.empty();
        } catch (StartFailure e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /** What tells one state of the file from another; comments do not. */
    private static String gist(Loaded loaded) {
        return loaded instanceof Loaded.Good good
                ? good.effectiveJson()
                : ((Loaded.Bad) loaded)
                        .problems().stream().map(Problem::toString).collect(Collectors.joining("\n"));
    }
}
