package io.github.penagent.discovery;

import io.github.penagent.poll.Target;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;
import reactor.core.publisher.BufferOverflowStrategy;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;

/** The pens to watch: the fixed list, and what files and the DNS name beside it. */
public final class Discovery {
    /** How long the first list waits for a source. Longer than a name server has to answer. */
    static final Duration PATIENCE = SrvSource.PATIENCE.plusMillis(500);

    private record Wanted(TargetsSettings settings, List<Target> fixed) {}

    /**
     * What it works with.
     *
     * @param file reads what a file's text means; called on {@code blocking}
     * @param srv asks for SRV records; must not block
     * @param timer for the rhythm; nothing blocks there
     * @param blocking where files are read
     */
    public record Means(
            BiFunction<Path, String, FileReading> file,
            Function<String, Mono<List<Srv>>> srv,
            Scheduler timer,
            Scheduler blocking,
            TargetListener listener) {}

    private final Means means;
    private final SourceLog log = new SourceLog();
    private final Sinks.Many<Wanted> wanted = Sinks.many().replay().latest();
    private final Sinks.Many<Long> nudges = Sinks.many().multicast().directBestEffort();
    private Watch watch;

    /**
     * Looks nowhere yet.
     *
     * @param fixed the pens of the configuration itself
     */
    public Discovery(TargetsSettings settings, List<Target> fixed, Means means) {
        this.means = means;
        watch = new Watch(List.of(), List.of(), Map.of(), means.listener(), log);
        use(settings, fixed);
    }

    /**
     * Replaces the configuration. What stays in it keeps its pens, also while it fails; what is no longer in it loses them at once.
     */
    public void use(TargetsSettings settings, List<Target> fixed) {
        synchronized (wanted) {
            wanted.emitNext(new Wanted(settings, List.copyOf(fixed)), Sinks.EmitFailureHandler.FAIL_FAST);
        }
    }

    /** Looks at all sources now, and not only when it is time; what comes of it is in {@link #targets}. */
    public void refreshNow() {
        synchronized (nudges) {
            nudges.tryEmitNext(0L);
        }
    }

    /**
     * The pens to watch, for one subscriber at a time: soon after the subscription, {@link #PATIENCE} at the latest, and then whenever
     * they are others. No name and no control address is there twice. Never completes and never fails.
     */
    public Flux<List<Target>> targets() {
        return wanted.asFlux().switchMap(this::watch).distinctUntilChanged();
    }

    /** What is known is put together after all that is heard has come into one order: the latest list is never an older one. */
    private Flux<List<Target>> watch(Wanted now) {
        List<Source> sources = sources(now.settings());
        Watch present = next(sources, now.fixed());
        Flux<Source> looks = Flux.fromIterable(sources)
                .flatMap(source -> looks(source, present, now.settings().refresh()), Math.max(1, sources.size()));
        Mono<Long> patience = Mono.delay(PATIENCE, means.timer()).doOnNext(tick -> present.waitNoLonger());
        return Flux.concat(Mono.just(now), Flux.merge(looks, patience, Flux.never()))
                .concatMap(news -> Mono.justOrEmpty(present.now()), 0);
    }

    private synchronized Watch next(List<Source> sources, List<Target> fixed) {
        watch = new Watch(sources, fixed, watch.end(), means.listener(), log);
        return watch;
    }

    private List<Source> sources(TargetsSettings settings) {
        return Stream.<Source>concat(
                        settings.files().stream()
                                .map(pattern -> new FileSource(pattern, means.file(), means.blocking())),
                        settings.srv().stream().map(name -> new SrvSource(name, means.srv(), means.timer())))
                .toList();
    }

    /** One look at a time. If there was reason for another meanwhile, it is made once; if for two, the source is late. */
    private Flux<Source> looks(Source source, Watch present, Duration refresh) {
        return Flux.merge(Flux.interval(Duration.ZERO, refresh, means.timer()), nudges.asFlux())
                .onBackpressureBuffer(1, tick -> present.late(source), BufferOverflowStrategy.DROP_OLDEST)
                .concatMap(tick -> look(source, present).thenReturn(source), 0);
    }

    private static Mono<Void> look(Source source, Watch present) {
        return Mono.defer(() -> source.look(present.known(source)))
                .doOnNext(found -> present.heard(source, found))
                .doOnError(e -> present.broken(source, e))
                .onErrorComplete()
                .then();
    }
}
