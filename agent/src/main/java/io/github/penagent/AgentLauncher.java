package io.github.penagent;

import io.github.penagent.config.Loaded;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;

/** Starts the real things. */
final class AgentLauncher implements Launcher {
    @Override
    public Running agent(Path file, Loaded.Good loaded) throws StartFailure {
        Agent agent = Agent.start(loaded, Optional.of(file), Build.read());
        Hangup.runs(agent::reload);
        return agent;
    }

    @Override
    public Running demo(int port, PrintWriter out) throws StartFailure {
        return Demonstration.start(port, out);
    }
}
