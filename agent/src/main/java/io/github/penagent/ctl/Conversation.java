package io.github.penagent.ctl;

import io.github.penagent.penctl.Answer;
import io.github.penagent.penctl.Command;
import io.github.penagent.penctl.Control;
import io.github.penagent.penctl.Danger;
import io.github.penagent.penctl.Endpoint;
import io.github.penagent.penctl.Failure.Reason;
import io.github.penagent.penctl.Outcome;
import io.github.penagent.penctl.Pen;
import java.io.PrintWriter;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import reactor.core.publisher.Mono;

/**
 * One command's dealings with one pen: one question at a time, each waited for.
 *
 * @param endpoint where the pen is, as it was written
 * @param control to ask it
 * @param version what was said about its release
 * @param accepted dangers that may be run into
 * @param style how to write for whoever reads
 * @param json whether a script reads
 * @param out for what cannot wait for the report
 */
record Conversation(
        Endpoint endpoint,
        Control control,
        StatedVersion version,
        Set<Danger> accepted,
        Style style,
        boolean json,
        PrintWriter out) {

    /** To change it, and for questions that are repeated while their answer is lost. */
    Pen pen() {
        return Pen.over(control, version.behavesLike()).accepting(accepted.toArray(Danger[]::new));
    }

    Outcome outcome(Mono<Outcome> change) {
        return Objects.requireNonNull(change.block(), "every change has an outcome");
    }

    /** The value of an answer, or the end of the command. */
    <T> T told(String question, Mono<Answer<T>> asked) throws NoAnswer {
        Answer<T> answer = Objects.requireNonNull(asked.block(), "every question has an answer");
        if (answer instanceof Answer.Failed<T> failed) {
            throw new NoAnswer(endpoint + ": " + question, failed.failure());
        }
        return ((Answer.Ok<T>) answer).value();
    }

    /** The value, or the end of the command. */
    <T> T ask(Command<T> command) throws NoAnswer {
        return told(command.toString(), control.ask(command));
    }

    /** The value, or nothing where this release of pen does not know the question. */
    <T> Optional<T> askIfKnown(Command<T> command) throws NoAnswer {
        Answer<T> answer = answer(command);
        if (answer instanceof Answer.Failed<T> failed) {
            Reason reason = failed.failure().reason();
            if (reason == Reason.MALFORMED || reason == Reason.DENIED) {
                return Optional.empty();
            }
            throw new NoAnswer(endpoint + ": " + command, failed.failure());
        }
        return Optional.of(((Answer.Ok<T>) answer).value());
    }

    <T> Answer<T> answer(Command<T> command) {
        return Objects.requireNonNull(control.ask(command).block(), "every question has an answer");
    }
}
