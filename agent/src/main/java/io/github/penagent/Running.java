package io.github.penagent;

/** What a long-running command has started. */
interface Running {
    /** The port on which it serves its pages. */
    int port();

    /** Ends it in order; may take some seconds. A second call does nothing. */
    void close();
}
