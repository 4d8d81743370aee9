package io.github.penagent.ctl;

import io.github.penagent.penctl.Failure;
import io.github.penagent.penctl.Failure.Reason;

/** pen could not be asked: the end of the command, with exit code 1. */
final class NoAnswer extends Exception {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    NoAnswer(String question, Failure failure) {
        super(question + ": " + failure.reason().label() + ": " + failure.message() + hint(failure.reason()));
        reason = failure.reason();
    }

    /** The group that the failure belongs to. */
    Reason reason() {
        return reason;
    }

    private static String hint(Reason reason) {
        return switch (reason) {
            case MALFORMED, TRUNCATED -> " (is this the control port of a pen that knows the command?)";
            case TIMEOUT -> " (pen hangs, another client keeps it waiting, or this is not its control port)";
            case CONNECT, DENIED, RESET, TOO_LARGE -> "";
        };
    }
}
