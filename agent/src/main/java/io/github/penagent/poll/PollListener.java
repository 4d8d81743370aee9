package io.github.penagent.poll;

import java.time.Duration;

/** Told of each poll as it ends, on the thread that polled. */
public interface PollListener {
    PollListener NONE = (pen, took) -> {};

    /** One {@code servers} command ended, well or not. */
    void polled(String pen, Duration took);
}
