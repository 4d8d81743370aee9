package io.github.penagent.remediation;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Watches for the file that puts everything to observe at once. A file that cannot be told to be missing counts as there. */
public final class KillSwitchFile {
    private static final Duration PERIOD = Duration.ofSeconds(1);

    private final Path file;
    private final Scheduler scheduler;
    private final Consumer<Boolean> listener;

    /**
     * @param scheduler where the file is looked for, which may block for a moment
     * @param listener told on that scheduler whether the file is there: at once, and whenever it changes
     */
    public KillSwitchFile(Path file, Scheduler scheduler, Consumer<Boolean> listener) {
        this.file = file;
        this.scheduler = scheduler;
        this.listener = listener;
    }

    /** Watches for as long as it is subscribed to; never completes. */
    public Mono<Void> run() {
        return Flux.interval(Duration.ZERO, PERIOD, scheduler)
                .onBackpressureDrop()
                .map(tick -> !Files.notExists(file))
                .distinctUntilChanged()
                .doOnNext(listener)
                .then();
    }
}
