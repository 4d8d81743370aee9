package io.github.penagent.penctl;

/** Carries a {@link Failure} out of a parser; it never leaves this package, and has no stack trace to pay for. */
final class UnreadableReply extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Failure failure;

    UnreadableReply(Failure failure) {
        super(failure.message(), null, false, false);
        this.failure = failure;
    }

    Failure failure() {
        return failure;
    }
}
