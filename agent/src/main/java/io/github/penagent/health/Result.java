package io.github.penagent.health;

/** What one check of one backend came to. Times are of a monotonic clock, in nanoseconds. */
public sealed interface Result {

    /** When the check began, before the connect. */
    long startedNanos();

    /** When its outcome was known. */
    long endedNanos();

    /** One line for a person: what was seen, printable, at most {@value #MAX_MESSAGE} characters. */
    String message();

    int MAX_MESSAGE = 200;

    /** It answered as the check expects. */
    record Good(long startedNanos, long endedNanos, String message) implements Result {}

    /** It did not, and the fault is its own as far as can be told from here. */
    record Bad(long startedNanos, long endedNanos, Cause cause, String message) implements Result {}

    /** Nothing can be said of it: the fault is ours (no file descriptor, no route, no name, no time). */
    record Unknown(long startedNanos, long endedNanos, String message) implements Result {}
}
