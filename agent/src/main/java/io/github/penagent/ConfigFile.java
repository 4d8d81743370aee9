package io.github.penagent;

import io.github.penagent.config.ConfigLoader;
import io.github.penagent.config.Loaded;
import io.github.penagent.config.Problem;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option that names the configuration file. */
final class ConfigFile {
    private static final String USUAL = "/etc/pen-agent/pen-agent.conf";

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "The configuration file (HOCON), " + USUAL + " by default.")
    private @Nullable Path file;

    /** The file named here, else before the subcommand, else the usual one. */
    Path or(ConfigFile outer) {
        return Optional.ofNullable(file)
                .or(() -> Optional.ofNullable(outer.file))
                .orElse(Path.of(USUAL));
    }

    /** Reads the file, and prints all that is wrong with it, a line each. */
    static Optional<Loaded.Good> load(Path file, PrintWriter err) {
        Loaded loaded = ConfigLoader.load(file);
        if (loaded instanceof Loaded.Good good) {
            return Optional.of(good);
        }
        List<Problem> problems = ((Loaded.Bad) loaded).problems();
        problems.forEach(err::println);
        err.flush();
        return Optional.empty();
    }
}
