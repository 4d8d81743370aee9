package io.github.penagent.remediation;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Where decisions leave their traces: the log, the list that is shown, the audit file and the state file. The files are used on one
 * thread that may wait for a disk.
 */
public final class Records {
    private static final Logger log = LoggerFactory.getLogger(Records.class);

    private final DecisionLog shown;
    private final DecisionLogger logger = new DecisionLogger();
    private final AuditLog audit;
    private final StateFile stateFile;
    private final Scheduler files;

    /** The last record that could not be written; only on the files' thread. */
    private @Nullable Supplier<Optional<String>> unwritten;

    /** @param files with one thread, the one of {@code audit} */
    public Records(DecisionLog shown, AuditLog audit, StateFile stateFile, Scheduler files) {
        this.shown = shown;
        this.audit = audit;
        this.stateFile = stateFile;
        this.files = files;
    }

    /** Something is about to be done; the hand writes the audit record of it. */
    void begin(Decision decision, Instant at) {
        shown.add(decision, at);
        logger.log(decision);
    }

    /**
     * It was done, or not.
     *
     * @return whether records can be written, if that was tried
     */
    Mono<Optional<Boolean>> end(Decision decision, Event.Done done) {
        shown.outcome(done.id(), done.outcome(), done.seen());
        return done.outcome() == WriteOutcome.NOT_AUDITED
                ? onFiles(() -> written(() -> audit.outcome(decision, done.outcome(), done.seen())))
                : Mono.just(Optional.empty());
    }

    /**
     * Something to be known. Where nothing would be done anyway, it needs no audit record.
     *
     * @return whether records can be written, if that was tried
     */
    Mono<Optional<Boolean>> note(Decision decision, Instant at) {
        begin(decision, at);
        return decision.mode().compareTo(Mode.DRY_RUN) < 0
                ? Mono.just(Optional.empty())
                : onFiles(() -> written(() -> audit.decided(decision)));
    }

    /** Tries once more to write what could not be written; whether that worked, if there was anything. */
    Mono<Optional<Boolean>> retry() {
        return onFiles(() -> Optional.ofNullable(unwritten).flatMap(this::written));
    }

    private Optional<Boolean> written(Supplier<Optional<String>> record) {
        boolean works = record.get().isEmpty();
        unwritten = works ? null : record;
        return Optional.of(works);
    }

    /** From now on writes to these files. */
    Mono<Void> use(RemediationSettings settings) {
        return Mono.fromRunnable(() -> {
                    audit.use(settings.audit());
                    stateFile.use(settings.stateFile());
                })
                .subscribeOn(files)
                .then();
    }

    /**
     * Keeps holds and kill switch for the next start.
     *
     * @param kept asked when the turn comes, so that what is newer is never overwritten by what is older
     * @return why that could not be done; empty if it is
     */
    Mono<Optional<String>> keep(Supplier<Kept> kept) {
        return Mono.fromSupplier(() -> {
                    Optional<String> problem = stateFile.save(kept.get());
                    problem.ifPresent(
                            why -> log.atError().addKeyValue("err", why).log("holds cannot be kept"));
                    return problem;
                })
                .subscribeOn(files);
    }

    private Mono<Optional<Boolean>> onFiles(Supplier<Optional<Boolean>> work) {
        return Mono.fromSupplier(work).subscribeOn(files);
    }
}
