package io.github.penagent;

import io.github.penagent.config.Loaded;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "check",
        header = "Says whether a configuration file is valid; starts nothing.",
        description = {
            "Prints every problem of the file to stderr, one line each, and exits with 1:",
            "",
            "  FILE:LINE: KEY = VALUE: RULE",
            "",
            "No pen is contacted."
        })
final class CheckCommand implements Callable<Integer> {
    private final ConfigFile outer;

    @Mixin
    private final ConfigFile config = new ConfigFile();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    CheckCommand(ConfigFile outer) {
        this.outer = outer;
    }

    @Override
    public Integer call() {
        Path file = config.or(outer);
        return ConfigFile.load(file, spec.commandLine().getErr())
                .map(good -> praise(file, good))
                .orElse(Main.FAILED);
    }

    private int praise(Path file, Loaded.Good good) {
        int pens = good.settings().pens().size();
        spec.commandLine().getOut().println(file + ": valid, " + pens + (pens == 1 ? " pen" : " pens"));
        return Main.DONE;
    }
}
