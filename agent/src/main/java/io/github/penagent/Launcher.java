package io.github.penagent;

import io.github.penagent.config.Loaded;
import java.io.PrintWriter;
import java.nio.file.Path;

/** How the long-running commands start what they run; all that the command line knows about it. */
interface Launcher {
    /** Starts the agent on what was read from {@code file}, which it reads again when it is told to. */
    Running agent(Path file, Loaded.Good loaded) throws StartFailure;

    /** Starts the demonstration with its pages on {@code port} (0: a free one) and prints the URLs to open. */
    Running demo(int port, PrintWriter out) throws StartFailure;
}
