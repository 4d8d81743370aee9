package io.github.penagent;

import io.github.penagent.config.Loaded;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Starts nothing; remembers what it was asked for, or fails as told. */
final class FakeLauncher implements Launcher {
    final List<String> started = new ArrayList<>();
    private final Lifetime.Start outcome;

    FakeLauncher(Lifetime.Start outcome) {
        this.outcome = outcome;
    }

    @Override
    public Running agent(Path file, Loaded.Good loaded) throws StartFailure {
        started.add("agent with " + loaded.settings().pens().size() + " pens");
        return outcome.now();
    }

    @Override
    public Running demo(int port, PrintWriter out) throws StartFailure {
        started.add("demo on " + port);
        out.println("http://localhost:" + port + "/");
        return outcome.now();
    }
}
