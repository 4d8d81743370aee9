package io.github.penagent;

import io.github.penagent.ctl.Ctl;
import io.github.penagent.web.HoldKind;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
        name = "hold",
        header = "Has the agent keep a backend in, keep it out, or leave it alone.",
        description = {
            "Tells the running agent, over the admin listener that its configuration file names, and says so once it is in "
                    + "force and kept. pen itself is not asked.",
            "",
            "keep-in: never ejected. keep-out: ejected and kept out, as long as another backend is left. ignore: hands off."
        },
        customSynopsis = "pen-agent ctl TARGET hold ADDRESS --kind KIND --reason TEXT [--for TIME] [OPTION...]")
final class HoldCommand implements Callable<Integer> {
    @ParentCommand
    private @Nullable Ctl ctl;

    @Parameters(index = "0", paramLabel = "ADDRESS", description = "The backend, as pen lists it.")
    private String address = "";

    @Option(
            names = "--kind",
            required = true,
            paramLabel = "KIND",
            converter = Kind.class,
            completionCandidates = Kinds.class,
            description = "${COMPLETION-CANDIDATES}.")
    private HoldKind kind = HoldKind.IGNORE;

    @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why, for those who find it later.")
    private String reason = "";

    @Option(
            names = "--for",
            paramLabel = "TIME",
            description =
                    "How long, such as 90s, 30m or 1h30m, or until when, as in RFC 3339; at most 24h. 1h by default.")
    private String expiry = "1h";

    @Option(names = "--owner", paramLabel = "NAME", description = "Whose word it is; your user name by default.")
    private String owner = System.getProperty("user.name", "somebody");

    @Mixin
    private final AdminOptions agent = new AdminOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws StartFailure {
        JsonObject body =
                new JsonObject(Map.of("kind", kind.label(), "reason", reason, "expiry", expiry, "owner", owner));
        String answer = agent.about(ctl, address, spec).send("PUT", Optional.of(body));
        spec.commandLine()
                .getOut()
                .println(address + ": " + kind.label() + " until " + new JsonObject(answer).getString("until"));
        return Main.DONE;
    }

    /** As people write them. */
    static final class Kind implements ITypeConverter<HoldKind> {
        @Override
        public HoldKind convert(String label) {
            return Arrays.stream(HoldKind.values())
                    .filter(kind -> kind.label().equals(label))
                    .findFirst()
                    .orElseThrow(() ->
                            new picocli.CommandLine.TypeConversionException("must be keep-in, keep-out or ignore"));
        }
    }

    /** For completion. */
    static final class Kinds implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Arrays.stream(HoldKind.values()).map(HoldKind::label).iterator();
        }
    }
}
