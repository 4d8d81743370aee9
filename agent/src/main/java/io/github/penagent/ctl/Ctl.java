package io.github.penagent.ctl;

import io.github.penagent.penctl.Control;
import io.github.penagent.penctl.Danger;
import io.github.penagent.penctl.Endpoint;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** {@code pen-agent ctl}: the options that all its commands share, and the way from words to a report. */
@picocli.CommandLine.Command(
        name = "ctl",
        header = "Talks to one pen over its control port: penctl, typed and safe.",
        description = {
            "TARGET is host:port, [IPv6]:port or the path of a socket. penctl's own wording is understood, as separate "
                    + "words or quoted:",
            "",
            "  pen-agent ctl 127.0.0.1:8888 servers",
            "  pen-agent ctl /run/pen.ctl recent 60 --json",
            "",
            "  pen-agent ctl 127.0.0.1:8888 server 0 blacklist 30 --pen-version 0.34.1",
            "",
            "A change is confirmed if pen then shows it, refused if nothing was sent or pen said no, and not confirmed "
                    + "otherwise. What pen would not survive is refused; what is dangerous needs --accept."
        },
        synopsisSubcommandLabel = "COMMAND [ARG...]",
        preprocessor = Unquoting.class,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done: confirmed, or taken by a pen that shows it nowhere; for doctor: nothing serious was found",
            "1:refused, not to be seen on pen though it should be, or pen could not be asked (stderr says why). For doctor "
                    + "also: something serious was found",
            "2:the command line is wrong; nothing was sent"
        })
public final class Ctl implements Callable<Integer> {
    static final int DONE = 0;
    static final int FAILED = 1;

    private final Dialing dialing;
    private final Style style;

    @Parameters(
            index = "0",
            paramLabel = "TARGET",
            converter = Converters.OfEndpoint.class,
            description = "pen's control port: host:port, [IPv6]:port or the path of a socket.")
    private @Nullable Endpoint target;

    @Parameters(index = "1..*", hidden = true)
    private List<String> unknown = new ArrayList<>();

    @Option(
            names = "--json",
            scope = ScopeType.INHERIT,
            description = "One line of JSON with exact numbers, for scripts.")
    private boolean json;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            scope = ScopeType.INHERIT,
            converter = Converters.OfDuration.class,
            description = "How long pen may take for each answer, such as 500ms or 5s; 2s by default.")
    private Duration timeout = Duration.ofSeconds(2);

    @Option(
            names = "--pen-version",
            paramLabel = "V",
            scope = ScopeType.INHERIT,
            converter = Converters.OfVersion.class,
            description =
                    "pen's release, such as 0.34.1, which it cannot tell itself; without it the strictest rules hold.")
    private StatedVersion version = StatedVersion.NONE;

    @Option(
            names = "--accept",
            paramLabel = "DANGER",
            split = ",",
            scope = ScopeType.INHERIT,
            converter = Converters.OfDanger.class,
            completionCandidates = Converters.Dangers.class,
            description =
                    "A danger that may be run into, repeatable: ${COMPLETION-CANDIDATES}. Without it, a command that "
                            + "has it is refused, and the refusal says what it means.")
    private List<Danger> accepted = new ArrayList<>();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private Ctl(Dialing dialing, Style style) {
        this.dialing = dialing;
        this.style = style;
    }

    /** The command with all its subcommands, to be hung into the program's command line. */
    public static CommandLine commandLine() {
        return commandLine(Dialing.network(), Style.ofStandardOutput());
    }

    static CommandLine commandLine(Dialing dialing, Style style) {
        CommandLine line = new CommandLine(new Ctl(dialing, style));
        Commands.all().forEach((word, command) -> {
            CommandLine sub = new CommandLine(command);
            describe(sub.getCommandSpec(), command, line.getCommandSpec());
            line.addSubcommand(
                    word, sub, word.indexOf('_') < 0 ? new String[0] : new String[] {word.replace('_', '-')});
        });
        return line.setUnmatchedOptionsArePositionalParams(true);
    }

    /** What every command's help says alike; picocli alone would leave the target out, and take the program's exit codes. */
    private static void describe(CommandSpec spec, CtlCommand command, CommandSpec ctl) {
        command.describe(spec);
        spec.usageMessage()
                .customSynopsis(
                        "${PARENT-COMMAND-FULL-NAME} TARGET ${COMMAND-NAME} [OPTION...]" + command.arguments(spec))
                .exitCodeListHeading(ctl.usageMessage().exitCodeListHeading())
                .exitCodeList(ctl.usageMessage().exitCodeList());
    }

    /** pen's control port, once the words were read. */
    public Optional<Endpoint> target() {
        return Optional.ofNullable(target);
    }

    /** No command was recognized among the words. */
    @Override
    public Integer call() {
        throw misused(spec.commandLine());
    }

    int run(CtlCommand command, CommandLine line) {
        if (!unknown.isEmpty() || target == null) {
            throw misused(spec.commandLine());
        }
        refuseStrayOptions(line);
        if (timeout.toMillis() < 1) {
            throw new ParameterException(line, "Invalid value for option '--timeout': must be at least 1ms");
        }
        try (Dialing.Line dialled = dialing.dial(target, timeout)) {
            PrintWriter out = line.getOut();
            Report report = command.run(conversation(target, dialled.control(), out));
            out.print(json ? Json.text(report.json()) + "\n" : report.text());
            out.flush();
            return report.exitCode();
        } catch (NoAnswer e) {
            line.getErr().println("pen-agent: " + e.getMessage());
            return FAILED;
        } catch (Misuse e) {
            throw new ParameterException(line, String.valueOf(e.getMessage()));
        }
    }

    private Conversation conversation(Endpoint endpoint, Control control, PrintWriter out) {
        return new Conversation(endpoint, control, version, Set.copyOf(accepted), style, json, out);
    }

    /** Numbers may be negative; nothing that pen knows begins with two dashes. */
    private static void refuseStrayOptions(CommandLine line) {
        line.getParseResult().matchedPositionals().stream()
                .flatMap(positional -> positional.originalStringValues().stream())
                .filter(word -> word.startsWith("--"))
                .findFirst()
                .ifPresent(word -> {
                    throw new ParameterException(line, "Unknown option: '" + word + "'");
                });
    }

    private ParameterException misused(CommandLine line) {
        if (unknown.isEmpty()) {
            return new ParameterException(line, "Missing command, such as servers");
        }
        List<String> similar = new UnmatchedArgumentException(line, List.of(unknown.get(0))).getSuggestions();
        return new ParameterException(line, Commands.refusal(unknown, similar));
    }
}
