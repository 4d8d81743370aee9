package io.github.penagent;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "demo",
        header = "Runs the agent on embedded pens with live traffic; nothing to install or write.",
        description = {
            "Starts model pens, their clients and backends, one of which keeps failing, all inside this process, and the "
                    + "agent on them. Prints the URLs to open. Ends with Ctrl-C."
        })
final class DemoCommand implements Callable<Integer> {
    private static final int MAX_PORT = 65_535;

    private final Launcher launcher;
    private final Lifetime lifetime;

    @Option(
            names = "--port",
            paramLabel = "N",
            description = "The port of metrics and status page; 0 takes a free one. ${DEFAULT-VALUE} by default.")
    private int port = 10_911;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    DemoCommand(Launcher launcher, Lifetime lifetime) {
        this.launcher = launcher;
        this.lifetime = lifetime;
    }

    @Override
    public Integer call() throws StartFailure {
        if (port < 0 || port > MAX_PORT) {
            throw new ParameterException(
                    spec.commandLine(), "Invalid value for option '--port': must be between 0 and " + MAX_PORT);
        }
        return lifetime.run(() -> launcher.demo(port, spec.commandLine().getOut()));
    }
}
