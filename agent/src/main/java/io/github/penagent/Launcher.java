package io.github.penagent;

import io.github.penagent.config.Settings;
import java.io.PrintWriter;

/** How the long-running commands start what they run; all that the command line knows about it. */
interface Launcher {
    /** Starts the agent; {@code configJson} is what it shows as its configuration. */
    Running agent(Settings settings, String configJson) throws StartFailure;

    /** Starts the demonstration with its pages on {@code port} (0: a free one) and prints the URLs to open. */
    Running demo(int port, PrintWriter out) throws StartFailure;
}
