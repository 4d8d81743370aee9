package io.github.penagent.penctl;

import java.util.function.Function;

/** What became of one command. */
public sealed interface Answer<T> {

    /** The whole reply arrived and parsed. */
    record Ok<T>(T value, Timing timing) implements Answer<T> {}

    /** There is no usable reply, and nothing of it is kept. */
    record Failed<T>(Failure failure, Timing timing) implements Answer<T> {}

    Timing timing();

    /** The same answer about something that is read from the value. */
    default <R> Answer<R> map(Function<? super T, ? extends R> reading) {
        return this instanceof Ok<T> ok
                ? new Ok<>(reading.apply(ok.value()), timing())
                : new Failed<>(((Failed<T>) this).failure(), timing());
    }

    /**
     * When things happened, on the clock of {@link System#nanoTime()}.
     *
     * @param startNanos before the connect
     * @param firstByteNanos the first byte of the reply, or {@code endNanos} if there was none
     * @param endNanos end of reply, or the failure
     * @param bytes how much of the reply was received
     */
    record Timing(long startNanos, long firstByteNanos, long endNanos, int bytes) {

        /** Connect to end, in nanoseconds. */
        public long totalNanos() {
            return endNanos - startNanos;
        }

        /** First byte to end, in nanoseconds: how long pen took to hand the reply over. */
        public long replyNanos() {
            return endNanos - firstByteNanos;
        }
    }
}
