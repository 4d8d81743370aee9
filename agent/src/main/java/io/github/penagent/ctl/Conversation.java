package io.github.penagent.ctl;

import io.github.penagent.penctl.Answer;
import io.github.penagent.penctl.Command;
import io.github.penagent.penctl.Control;
import io.github.penagent.penctl.Endpoint;
import io.github.penagent.penctl.Failure.Reason;
import java.io.PrintWriter;
import java.util.Objects;
import java.util.Optional;

/**
 * One command's dealings with one pen: one question at a time, each waited for.
 *
 * @param endpoint where the pen is, as it was written
 * @param control to ask it; {@code Pen.over(control, version.behavesLike())} changes it
 * @param version what was said about its release
 * @param style how to write for whoever reads
 * @param json whether a script reads
 * @param out for what cannot wait for the report
 */
record Conversation(
        Endpoint endpoint, Control control, StatedVersion version, Style style, boolean json, PrintWriter out) {

    /** The value, or the end of the command. */
    <T> T ask(Command<T> command) throws NoAnswer {
        Answer<T> answer = answer(command);
        if (answer instanceof Answer.Failed<T> failed) {
            throw new NoAnswer(endpoint + ": " + command, failed.failure());
        }
        return ((Answer.Ok<T>) answer).value();
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
