package io.github.penagent;

import io.github.penagent.ctl.Ctl;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
        name = "unhold",
        header = "Takes back what was said of a backend with hold.",
        customSynopsis = "pen-agent ctl TARGET unhold ADDRESS [OPTION...]")
final class UnholdCommand implements Callable<Integer> {
    @ParentCommand
    private @Nullable Ctl ctl;

    @Parameters(index = "0", paramLabel = "ADDRESS", description = "The backend, as pen lists it.")
    private String address = "";

    @Mixin
    private final AdminOptions agent = new AdminOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws StartFailure {
        agent.about(ctl, address, spec).send("DELETE", Optional.empty());
        spec.commandLine().getOut().println(address + ": no hold");
        return Main.DONE;
    }
}
