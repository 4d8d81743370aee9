package io.github.penagent;

import io.github.penagent.config.WebAddress;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "healthcheck",
        header = "Asks the running agent whether it lives; exits with 0 or 1.",
        description = {
            "Asks /-/healthy on the address that web.listen names in the configuration file, on this machine and for three "
                    + "seconds at most. An agent that wants a password or a client certificate lives, too. The "
                    + "certificate is not checked: who answers is not the question here.",
            "",
            "Says nothing with 0, and why, in one line, with 1."
        })
final class HealthcheckCommand implements Callable<Integer> {
    private final ConfigFile outer;

    @Mixin
    private final ConfigFile config = new ConfigFile();

    HealthcheckCommand(ConfigFile outer) {
        this.outer = outer;
    }

    @Override
    public Integer call() throws StartFailure {
        WebAddress address = address();
        if (address.port() == 0) {
            throw new StartFailure("web.listen has port 0: which one the agent got cannot be known from the file");
        }
        SignOfLife.of(address.toString());
        return Main.DONE;
    }

    private WebAddress address() throws StartFailure {
        try {
            return WebAddress.of(config.or(outer));
        } catch (IllegalArgumentException e) {
            throw new StartFailure(String.valueOf(e.getMessage()), e);
        }
    }
}
