package io.github.penagent.health.probe;

import io.github.penagent.health.Cause;
import io.github.penagent.health.Result;

/** A result without its times, and with a message that may hold whatever the peer sent. */
sealed interface Verdict {

    /** The result, its message made printable. */
    Result at(long startedNanos, long endedNanos);

    static Verdict good(String message) {
        return new Good(message);
    }

    static Verdict bad(Cause cause, String message) {
        return new Bad(cause, message);
    }

    static Verdict unknown(String message) {
        return new Unknown(message);
    }

    record Good(String message) implements Verdict {
        @Override
        public Result at(long startedNanos, long endedNanos) {
            return new Result.Good(startedNanos, endedNanos, Printable.line(message));
        }
    }

    record Bad(Cause cause, String message) implements Verdict {
        @Override
        public Result at(long startedNanos, long endedNanos) {
            return new Result.Bad(startedNanos, endedNanos, cause, Printable.line(message));
        }
    }

    record Unknown(String message) implements Verdict {
        @Override
        public Result at(long startedNanos, long endedNanos) {
            return new Result.Unknown(startedNanos, endedNanos, Printable.line(message));
        }
    }
}
