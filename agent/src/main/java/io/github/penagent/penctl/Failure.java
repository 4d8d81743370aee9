package io.github.penagent.penctl;

import java.util.Locale;

/**
 * Why a command got no usable answer. A value, not an exception: a pen that cannot be read is an everyday event.
 */
public sealed interface Failure {

    /** What went wrong, in one line, with the numbers a person needs. */
    String message();

    /** The group that counters use; several kinds may share one. */
    Reason reason();

    /** The closed set of groups, each a label value of {@code pen_poll_failures_total}. */
    enum Reason {
        CONNECT,
        DENIED,
        TIMEOUT,
        RESET,
        TRUNCATED,
        MALFORMED,
        TOO_LARGE;

        /** The label value: {@code too_large}, not {@code TOO_LARGE}. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** No connection: refused, unreachable, name not found, or no answer to the connect within the deadline. */
    record Connect(String message) implements Failure {
        @Override
        public Reason reason() {
            return Reason.CONNECT;
        }
    }

    /**
     * The reply was empty although this command always answers. pen closes without a word when its access list denies
     * the caller, or when a signal interrupted its read.
     */
    record Denied() implements Failure {
        @Override
        public String message() {
            return "empty reply: denied by pen's access list, or pen was interrupted by a signal";
        }

        @Override
        public Reason reason() {
            return Reason.DENIED;
        }
    }

    /** The deadline passed after the connect and before the end of the reply. */
    record Timeout(long bytes) implements Failure {
        @Override
        public String message() {
            return "no end of reply before the deadline, bytes received: " + bytes;
        }

        @Override
        public Reason reason() {
            return Reason.TIMEOUT;
        }
    }

    /**
     * The connection was reset. What had arrived by then may look whole and is not. Before any byte it counts as denied,
     * for that is how a denial by pen's access list looks from here: pen closes without reading the command, and where
     * that is there already, as with fast open, its kernel makes that a reset.
     */
    record Reset(long bytes) implements Failure {
        @Override
        public String message() {
            return bytes == 0
                    ? "connection reset before any reply: denied by pen's access list, or pen ended"
                    : "connection reset, bytes received: " + bytes;
        }

        @Override
        public Reason reason() {
            return bytes == 0 ? Reason.DENIED : Reason.RESET;
        }
    }

    /** The reply ended in the middle of a line. */
    record UnfinishedLine(int line, int column) implements Failure {
        @Override
        public String message() {
            return "line " + line + ", column " + column + ": the reply ends inside a line";
        }

        @Override
        public Reason reason() {
            return Reason.TRUNCATED;
        }
    }

    /** A slot is missing from {@code servers}: pen always lists all of them, so lines were lost. */
    record SlotGap(int line, int expected, long found) implements Failure {
        @Override
        public String message() {
            return "line " + line + ", column 1: expected slot " + expected + ", found " + Long.toUnsignedString(found);
        }

        @Override
        public Reason reason() {
            return Reason.TRUNCATED;
        }
    }

    /** The bytes are not what pen would say. */
    record Malformed(int line, int column, String rule) implements Failure {
        @Override
        public String message() {
            return "line " + line + ", column " + column + ": " + rule;
        }

        @Override
        public Reason reason() {
            return Reason.MALFORMED;
        }
    }

    /** The reply passed the byte limit; the connection was closed there. */
    record TooLarge(int limitBytes) implements Failure {
        @Override
        public String message() {
            return "the reply is longer than " + limitBytes + " bytes";
        }

        @Override
        public Reason reason() {
            return Reason.TOO_LARGE;
        }
    }
}
