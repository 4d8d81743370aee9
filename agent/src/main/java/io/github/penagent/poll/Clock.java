package io.github.penagent.poll;

import java.time.Instant;

/** Both times: one to measure with, one to show to people. */
public interface Clock {
    Clock SYSTEM = new Clock() {
        @Override
        public long nanos() {
            return System.nanoTime();
        }

        @Override
        public Instant instant() {
            return Instant.now();
        }
    };

    /** Monotonic, with an arbitrary origin. */
    long nanos();

    /** The wall clock. */
    Instant instant();
}
