package io.github.penagent.bench;

/** One subject of the report, such as what a poll costs. */
interface Line {
    /** As it is called on the command line. */
    String name();

    /** Runs for about as long as its share of the whole command, and leaves nothing behind. */
    void measure(int rounds, Report report) throws Exception;
}
