package io.github.penagent;

import io.github.penagent.config.Settings;
import java.io.PrintWriter;

/** Starts the real things. */
final class AgentLauncher implements Launcher {
    @Override
    public Running agent(Settings settings, String configJson) throws StartFailure {
        Agent agent = Agent.start(settings, configJson, Build.read());
        return agent::close;
    }

    @Override
    public Running demo(int port, PrintWriter out) throws StartFailure {
        return Demonstration.start(port, out);
    }
}
