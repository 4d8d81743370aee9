package io.github.penagent.poll;

import io.github.penagent.fleet.Observation;
import io.github.penagent.fleet.PenSettings;
import io.github.penagent.penctl.Answer;
import io.github.penagent.penctl.Command;
import io.github.penagent.penctl.Control;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import reactor.core.publisher.Mono;

/** Asks one pen for what changes rarely: at once, when it has started anew, and every minute. Not thread-safe. */
final class SettingsQuestion {
    private static final long EVERY_NANOS = Duration.ofMinutes(1).toNanos();

    private final String pen;
    private final Control control;
    private final LoadBudget budget;
    private final Clock clock;
    private boolean due = true;
    private long asked;

    SettingsQuestion(String pen, Control control, LoadBudget budget, Clock clock) {
        this.pen = pen;
        this.control = control;
        this.budget = budget;
        this.clock = clock;
    }

    /** Asks again at the next opportunity. */
    void askAgain() {
        due = true;
    }

    Mono<Observation> askIfDue() {
        long now = clock.nanos();
        if (!due && now - asked < EVERY_NANOS) {
            return Mono.empty();
        }
        due = false;
        asked = now;
        return Mono.zip(
                parts -> (Observation) new Observation.SettingsRead(
                        pen,
                        new PenSettings(
                                text(parts[0]),
                                text(parts[1]),
                                text(parts[2]),
                                number(parts[3]),
                                number(parts[4]),
                                number(parts[5]))),
                ask(Command.listen()),
                ask(Command.control()),
                ask(Command.mode()).map(mode -> mode.map(m -> m.text())),
                ask(Command.connMax()),
                ask(Command.clientsMax()),
                ask(Command.blacklist()));
    }

    /** An old pen may not know one of the commands; that leaves a gap, not a failure. */
    private <T> Mono<Optional<T>> ask(Command<T> command) {
        return control.ask(command).map(answer -> {
            if (answer instanceof Answer.Ok<T> ok) {
                budget.spent(ok.timing(), 1);
                return Optional.of(ok.value());
            }
            return Optional.empty();
        });
    }

    private static String text(Object part) {
        return (String) ((Optional<?>) part).map(Object.class::cast).orElse("");
    }

    private static OptionalInt number(Object part) {
        return ((Optional<?>) part).map(n -> OptionalInt.of((Integer) n)).orElse(OptionalInt.empty());
    }
}
