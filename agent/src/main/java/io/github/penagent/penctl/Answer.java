package io.github.penagent.penctl;

/** What became of one command. */
public sealed interface Answer<T> {

    /** The whole reply arrived and parsed. */
    record Ok<T>(T value, Timing timing) implements Answer<T> {}

    /** There is no usable reply, and nothing of it is kept. */
    record Failed<T>(Failure failure, Timing timing) implements Answer<T> {}

    Timing timing();

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
