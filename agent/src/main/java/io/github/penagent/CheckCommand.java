package io.github.penagent;

import io.github.penagent.config.Loaded;
import io.github.penagent.config.PensFile;
import io.github.penagent.config.Problem;
import io.github.penagent.config.Settings;
import io.github.penagent.discovery.TargetFiles;
import java.io.PrintWriter;
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
            "The files that `targets` names are read, too, and their problems printed. No name is asked for in the DNS, and no pen "
                    + "is contacted."
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
        Settings settings = good.settings();
        TargetFiles files = TargetFiles.look(settings.targets(), settings.pens(), PensFile::read);
        if (!files.problems().isEmpty()) {
            PrintWriter err = spec.commandLine().getErr();
            files.problems().forEach(problem -> err.println(Problem.printable(problem)));
            err.flush();
            return Main.FAILED;
        }
        int pens = settings.pens().size();
        String more = settings.targets().files().isEmpty() ? "" : ", and " + files.pens() + " in files";
        spec.commandLine().getOut().println(file + ": valid, " + pens + (pens == 1 ? " pen" : " pens") + more);
        return Main.DONE;
    }
}
