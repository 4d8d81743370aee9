package io.github.penagent;

/** The agent cannot start, for a reason that is the operator's to mend; the message says which key and why. */
final class StartFailure extends Exception {
    private static final long serialVersionUID = 1L;

    StartFailure(String message) {
        super(message);
    }

    StartFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
