package io.github.penagent;

/** From a start to the end of the process. */
interface Lifetime {
    /** Starts, and returns the exit code when all has ended. */
    int run(Start start) throws StartFailure;

    /** Starts something. */
    @FunctionalInterface
    interface Start {
        Running now() throws StartFailure;
    }
}
