package io.github.penagent.ctl;

import io.github.penagent.penctl.Amount;
import io.github.penagent.penctl.Command;
import java.util.List;

/** Words that tell one value, printed as penctl prints it; numbers behind some of them set it. */
final class ValueWords {
    private ValueWords() {}

    static List<WordCommand> all() {
        return List.of(
                telling(Command.pid(), "pen's process id."),
                telling(Command.control(), "Where pen listens for commands, as it was told."),
                known(Amount.BLACKLIST, Command.blacklist(), "Seconds that pen avoids a backend that failed."),
                known(Amount.TIMEOUT, Command.timeout(), "Seconds that pen waits for a backend's connect."),
                known(Amount.TRACKING, Command.tracking(), "Seconds that pen remembers a client; 0 is for ever."),
                known(Amount.CONN_MAX, Command.connMax(), "How many connections pen takes at a time."),
                known(Amount.CLIENTS_MAX, Command.clientsMax(), "How many clients pen remembers."),
                known(Amount.CLIENT_ACL, Command.clientAcl(), "Number of the access list for clients."),
                known(Amount.CONTROL_ACL, Command.controlAcl(), "Number of the access list for the control port."),
                known(Amount.DEBUG, Command.debug(), "pen's debug level."),
                other(Amount.IDLE_TIMEOUT, "Seconds after which pen closes a silent connection; 0 is never."),
                other(Amount.IDLERS, "Idle connections to backends that pen keeps."),
                other(Amount.TARPIT_ACL, "Number of the access list of addresses that pen claims; -1 for none."),
                unreadable(Amount.PENDING_MAX, "Connects to backends that may be under way at a time."),
                unreadable(Amount.SSL_CLIENT_RENEGOTIATION_INTERVAL, "Seconds between a TLS client's renegotiations."));
    }

    private static WordCommand telling(Command<?> question, String meaning) {
        String word = question.toString();
        return new WordCommand(word, "", meaning, (pen, words) -> {
                    words.end();
                    return value(word, pen.ask(question));
                })
                .noting("With --json: {\"" + word + "\":...}");
    }

    private interface Reading {
        Object of(Conversation pen) throws NoAnswer;
    }

    private static WordCommand known(Amount amount, Command<?> question, String meaning) {
        return amount(amount, meaning, pen -> pen.ask(question));
    }

    private static WordCommand other(Amount amount, String meaning) {
        return amount(
                amount,
                meaning,
                pen -> pen.told(amount.word(), pen.pen().information().amount(amount)));
    }

    private static WordCommand amount(Amount amount, String meaning, Reading reading) {
        String field = field(amount);
        return new WordCommand(
                        amount.word(),
                        "[N]",
                        meaning,
                        (pen, words) -> words.more() ? set(amount, pen, words) : value(field, reading.of(pen)))
                .noting("With a number it is set, " + range(amount) + ".", "With --json: {\"" + field + "\":...}");
    }

    private static WordCommand unreadable(Amount amount, String meaning) {
        return new WordCommand(amount.word(), "N", meaning, (pen, words) -> set(amount, pen, words))
                .noting("Sets it, " + range(amount) + "; pen does not tell it.");
    }

    private static Report set(Amount amount, Conversation pen, Words words) throws Misuse {
        return Outcomes.report(pen.outcome(pen.pen().settings().set(amount, words.lastNumber())));
    }

    private static String range(Amount amount) {
        return amount.least() + " to " + amount.most() + " (" + amount.unit() + ")";
    }

    private static String field(Amount amount) {
        boolean bare = !amount.unit().equals("seconds");
        return bare ? amount.word() : amount.word() + "_seconds";
    }

    static Report value(String field, Object value) {
        return Report.of(value + "\n", Json.object(field, value));
    }
}
