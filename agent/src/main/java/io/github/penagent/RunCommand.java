package io.github.penagent;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "run",
        header = "Runs the agent until SIGTERM or SIGINT; SIGHUP has it read its configuration again.",
        description = {
            "Polls the pens that the configuration file names and serves what it finds: Prometheus metrics, JSON, and a "
                    + "status page, on port 10911 unless the file says otherwise. It changes a pen only where the file "
                    + "says enforce.",
            "",
            "With a file that has problems it prints them all, starts nothing and exits with 1."
        })
final class RunCommand implements Callable<Integer> {
    private final ConfigFile outer;
    private final Launcher launcher;
    private final Lifetime lifetime;

    @Mixin
    private final ConfigFile config = new ConfigFile();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    RunCommand(ConfigFile outer, Launcher launcher, Lifetime lifetime) {
        this.outer = outer;
        this.launcher = launcher;
        this.lifetime = lifetime;
    }

    @Override
    public Integer call() throws StartFailure {
        return PlainRun.run(
                config.or(outer), launcher, lifetime, spec.commandLine().getErr());
    }
}
