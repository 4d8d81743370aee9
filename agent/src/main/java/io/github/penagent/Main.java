package io.github.penagent;

import io.github.penagent.ctl.Ctl;
import io.github.penagent.logging.Logging;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command line: what to do, how to log, and with which exit code it ends. */
@Command(
        name = "pen-agent",
        header = "Monitoring agent for the pen TCP load balancer.",
        description = "Without a command it does what `run` does.",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        scope = ScopeType.INHERIT,
        usageHelpAutoWidth = true,
        synopsisSubcommandLabel = "[COMMAND]",
        commandListHeading = "%nCommands (COMMAND --help tells more):%n",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done, valid, or stopped by SIGTERM or SIGINT",
            "1:the configuration has problems, or something failed",
            "2:the command line is wrong"
        })
final class Main implements Callable<Integer> {
    static final int DONE = 0;
    static final int FAILED = 1;

    private static final Logger LOG = LoggerFactory.getLogger(Main.class);

    private final RunCommand run;

    @Mixin
    private final ConfigFile config = new ConfigFile();

    @Mixin
    private final LogOptions logging = new LogOptions();

    private Main(Launcher launcher, Lifetime lifetime) {
        run = new RunCommand(config, launcher, lifetime);
    }

    public static void main(String[] args) {
        int code = execute(args);
        Logging.stop();
        System.exit(code);
    }

    private static int execute(String[] args) {
        Launcher launcher = new AgentLauncher();
        Lifetime lifetime = new UntilSignal();
        try {
            if (List.of(args).equals(List.of(Rehearsal.WORD))) {
                return new Rehearsal(launcher).run();
            }
            Optional<Path> file = PlainRun.file(args);
            return file.isPresent()
                    ? run(file.get(), launcher, lifetime, new PrintWriter(System.err, true, Charset.defaultCharset()))
                    : commandLine(launcher, lifetime).execute(args);
        } catch (Error | StartFailure | IOException e) {
            // With other threads alive the JVM would go on without its main thread.
            return failed(e);
        }
    }

    /** As {@link RunCommand} does it, to the last word on stderr. */
    static int run(Path file, Launcher launcher, Lifetime lifetime, PrintWriter err) {
        try {
            return PlainRun.run(file, launcher, lifetime, err);
        } catch (StartFailure | RuntimeException e) {
            return failed(e, err);
        }
    }

    static CommandLine commandLine(Launcher launcher, Lifetime lifetime) {
        Main main = new Main(launcher, lifetime);
        CommandLine line = new CommandLine(main)
                .addSubcommand(main.run)
                .addSubcommand(new DemoCommand(launcher, lifetime))
                .addSubcommand(new CheckCommand(main.config))
                .addSubcommand(new HealthcheckCommand(main.config))
                .addSubcommand(ctl())
                .addSubcommand(new CompletionCommand())
                .setCaseInsensitiveEnumValuesAllowed(true);
        return line.setExecutionStrategy(parsed -> {
                    main.logging.apply();
                    return new CommandLine.RunLast().execute(parsed);
                })
                .setParameterExceptionHandler((e, args) -> misused(e))
                .setExecutionExceptionHandler((e, command, parsed) -> failed(e, command.getErr()));
    }

    /** With the words that are for the agent, and not for pen. */
    private static CommandLine ctl() {
        return Ctl.commandLine().addSubcommand(new HoldCommand()).addSubcommand(new UnholdCommand());
    }

    @Override
    public Integer call() throws StartFailure {
        return run.call();
    }

    /** What is wrong must not scroll away under the whole help. */
    private static int misused(ParameterException e) {
        CommandLine command = e.getCommandLine();
        PrintWriter err = command.getErr();
        err.println("pen-agent: " + e.getMessage());
        UnmatchedArgumentException.printSuggestions(e, err);
        err.println("See " + command.getCommandSpec().qualifiedName() + " --help");
        return command.getCommandSpec().exitCodeOnInvalidInput();
    }

    private static int failed(Exception e, PrintWriter err) {
        if (e instanceof StartFailure) {
            err.println("pen-agent: " + e.getMessage());
            return FAILED;
        }
        return failed(e);
    }

    /** A bug: one line, and the stack trace for those who ask for more. */
    private static int failed(Throwable e) {
        LoggingEventBuilder event = LOG.atError();
        (LOG.isDebugEnabled() ? event.setCause(e) : event.addKeyValue("err", e)).log("unexpected failure");
        return FAILED;
    }

    /** For {@code --version}. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {Build.read().line(System.getProperty("java.version", "?"))};
        }
    }
}
