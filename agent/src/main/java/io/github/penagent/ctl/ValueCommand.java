package io.github.penagent.ctl;

import io.github.penagent.penctl.Command;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;

/** A question that pen answers with one value, printed as penctl prints it. */
@picocli.CommandLine.Command
final class ValueCommand extends CtlCommand {
    private final Command<?> question;
    private final String field;
    private final String meaning;

    @Parameters(hidden = true, arity = "0..*")
    private List<String> surplus = new ArrayList<>();

    private ValueCommand(Command<?> question, String field, String meaning) {
        this.question = question;
        this.field = field;
        this.meaning = meaning;
    }

    static List<ValueCommand> all() {
        return List.of(
                new ValueCommand(Command.pid(), "pid", "pen's process id."),
                new ValueCommand(Command.listen(), "listen", "Where pen listens for clients, as it was told."),
                new ValueCommand(Command.control(), "control", "Where pen listens for commands, as it was told."),
                new ValueCommand(
                        Command.blacklist(), "blacklist_seconds", "Seconds that pen avoids a backend that failed."),
                new ValueCommand(
                        Command.timeout(), "timeout_seconds", "Seconds that pen waits for a backend's connect."),
                new ValueCommand(
                        Command.tracking(), "tracking_seconds", "Seconds that pen remembers a client; 0 is for ever."),
                new ValueCommand(Command.connMax(), "conn_max", "How many connections pen takes at a time."),
                new ValueCommand(Command.clientsMax(), "clients_max", "How many clients pen remembers."),
                new ValueCommand(Command.clientAcl(), "client_acl", "Number of the access list for clients."),
                new ValueCommand(
                        Command.controlAcl(), "control_acl", "Number of the access list for the control port."),
                new ValueCommand(Command.debug(), "debug", "pen's debug level."));
    }

    /** pen's word for it. */
    String word() {
        return question.toString();
    }

    void describe(CommandSpec spec) {
        spec.usageMessage().header(meaning).description("With --json: {\"" + field + "\":...}");
    }

    @Override
    Report run(Conversation pen) throws NoAnswer, Misuse {
        if (!surplus.isEmpty()) {
            throw new Misuse("'" + word() + " " + String.join(" ", surplus) + "': this build does not change pens; '"
                    + word() + "' alone tells the value. Nothing was sent");
        }
        Object value = pen.ask(question);
        return Report.of(value + "\n", Json.object(field, value));
    }
}
