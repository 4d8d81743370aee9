package io.github.penagent.ctl;

/** The words of the command line do not make a command: exit code 2, and nothing was sent. */
final class Misuse extends Exception {
    private static final long serialVersionUID = 1L;

    Misuse(String message) {
        super(message, null, false, false);
    }
}
