package io.github.penagent.penctl;

import java.net.InetAddress;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * What all parts of {@link Pen} share: one control port, the version behind it, the dangers that were accepted, and the
 * rules for sending and repeating.
 */
final class Desk {
    private static final int RETRIES = 4;
    private static final Duration FIRST_BACKOFF = Duration.ofMillis(100);
    private static final Duration MAX_BACKOFF = Duration.ofSeconds(1);

    private final Control control;
    private final PenVersion version;
    private final Set<Danger> accepted;
    private final Turn turn;

    Desk(Control control, PenVersion version, Set<Danger> accepted) {
        this(control, version, accepted, new Turn());
    }

    private Desk(Control control, PenVersion version, Set<Danger> accepted, Turn turn) {
        this.control = control;
        this.version = version;
        this.accepted = accepted;
        this.turn = turn;
    }

    PenVersion version() {
        return version;
    }

    Desk accepting(Set<Danger> more) {
        Set<Danger> all = EnumSet.noneOf(Danger.class);
        all.addAll(accepted);
        all.addAll(more);
        return new Desk(control, version, all, turn);
    }

    /** Asks, up to five times in all while the answer is a failure that a second try can mend. */
    <T> Mono<Answer<T>> ask(Command<T> command) {
        return control.ask(command)
                .flatMap(answer -> answer instanceof Answer.Failed<T> failed && passing(failed.failure())
                        ? Mono.error(new Passing(failed))
                        : Mono.just(answer))
                .retryWhen(Retry.backoff(RETRIES, FIRST_BACKOFF)
                        .maxBackoff(MAX_BACKOFF)
                        .jitter(0.5)
                        .filter(Passing.class::isInstance))
                .onErrorResume(e -> e.getCause() instanceof Passing p ? Mono.just(p.answer()) : Mono.error(e));
    }

    /** Asks, and takes the first answer for what it is. */
    <T> Mono<Answer<T>> askOnce(Command<T> command) {
        return control.ask(command);
    }

    /**
     * Sends, again if the order may be repeated and the answer was lost. The answer holds the lines that pen replied, none
     * for most orders, and says nothing about success.
     */
    Mono<Answer<String>> send(Order order) {
        return order.repeatable() ? ask(Command.order(order)) : control.ask(Command.order(order));
    }

    /** {@code work} while nothing else that is done alone on this pen runs: for read, write and look again. */
    <T> Mono<T> alone(Mono<T> work) {
        return turn.alone(work);
    }

    /** The address of a host, looked up on this side. */
    Mono<InetAddress> address(String host) {
        return control.address(host);
    }

    /** The reason to refuse {@code order}, or an empty text. */
    String objection(Order order) {
        Set<Danger> open = EnumSet.noneOf(Danger.class);
        open.addAll(order.dangers());
        open.removeAll(accepted);
        return open.stream()
                .map(danger -> danger + " not accepted: " + danger.meaning())
                .collect(Collectors.joining("; "));
    }

    private static boolean passing(Failure failure) {
        return switch (failure.reason()) {
            case RESET, TIMEOUT, TRUNCATED, CONNECT -> true;
            case DENIED, MALFORMED, TOO_LARGE -> false;
        };
    }

    private static final class Passing extends Exception {
        private static final long serialVersionUID = 1L;

        private final transient Answer.Failed<?> answer;

        Passing(Answer.Failed<?> answer) {
            super(answer.failure().message(), null, false, false);
            this.answer = answer;
        }

        @SuppressWarnings("unchecked")
        <T> Answer<T> answer() {
            return (Answer<T>) answer;
        }
    }
}
