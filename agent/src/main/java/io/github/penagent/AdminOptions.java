package io.github.penagent;

import io.github.penagent.config.Loaded;
import io.github.penagent.config.Settings;
import io.github.penagent.ctl.Ctl;
import io.github.penagent.penctl.Endpoint;
import io.github.penagent.poll.Target;
import io.github.penagent.web.AdminSettings;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Which agent is meant, which of its pens, and what it wants to see. */
final class AdminOptions {
    @Mixin
    private final ConfigFile config = new ConfigFile();

    @Option(
            names = "--pen",
            paramLabel = "NAME",
            description = "The pen's name, where the file does not name it: pens from targets.")
    private @Nullable String pen;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "The token, where the configuration has only its hash.")
    private @Nullable Path tokenFile;

    @Option(
            names = "--ca",
            paramLabel = "FILE",
            description = "Who vouches for the agent's certificate (PEM), where this machine does not know them.")
    private @Nullable Path ca;

    /** The line to the agent about one backend of the pen that is {@code ctl}'s target. */
    AdminClient about(@Nullable Ctl ctl, String address, CommandSpec spec) throws StartFailure {
        Endpoint control = Optional.ofNullable(ctl)
                .flatMap(Ctl::target)
                .orElseThrow(() -> new ParameterException(spec.commandLine(), "Missing TARGET"));
        Path file = config.or(config);
        Optional<Loaded.Good> good = ConfigFile.load(file, spec.commandLine().getErr());
        Settings settings = good.map(Loaded.Good::settings)
                .orElseThrow(() -> new StartFailure(file + " says where the agent is, and has problems"));
        AdminSettings admin = settings.admin()
                .orElseThrow(
                        () -> new StartFailure(file + ": pen-agent.admin.enabled = false: there is nobody to tell"));
        String name = Optional.ofNullable(pen)
                .or(() -> name(settings, control))
                .orElseThrow(() ->
                        new StartFailure(file + ": no pen has the control port " + control + "; --pen names one"));
        return new AdminClient(
                admin, name, address, AdminClient.token(file, Optional.ofNullable(tokenFile)), Optional.ofNullable(ca));
    }

    private static Optional<String> name(Settings settings, Endpoint control) {
        return settings.pens().stream()
                .filter(target -> target.control().identity().equals(control.identity()))
                .map(Target::name)
                .findFirst();
    }
}
