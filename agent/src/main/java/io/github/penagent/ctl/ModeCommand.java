package io.github.penagent.ctl;

import io.github.penagent.penctl.Command;
import io.github.penagent.penctl.Mode;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Parameters;

/** How pen picks a backend. */
@picocli.CommandLine.Command(header = "How pen picks a backend for a client.")
final class ModeCommand extends CtlCommand {
    @Parameters(hidden = true, arity = "0..*")
    private List<String> surplus = new ArrayList<>();

    @Override
    Report run(Conversation pen) throws NoAnswer, Misuse {
        if (!surplus.isEmpty()) {
            throw new Misuse("'mode' takes no arguments");
        }
        Mode mode = pen.ask(Command.mode());
        return Report.of(text(mode, pen.style()), json(mode));
    }

    private static String text(Mode mode, Style style) {
        return new Table()
                .left("MODE")
                .left("SET")
                .left("MEANING WHEN SET")
                .row("hash", yesNo(mode.hash()), "by a hash of the client's address")
                .row("roundrobin", yesNo(mode.roundrobin()), "in turn, without remembering clients")
                .row("stubborn", yesNo(mode.stubborn()), "a client whose backend is unavailable is closed")
                .row("weight", yesNo(mode.weight()), "by weight")
                .row("prio", yesNo(mode.prio()), "by priority, the lowest number first")
                .text(style);
    }

    private static Object json(Mode mode) {
        return Json.object(
                "hash",
                mode.hash(),
                "roundrobin",
                mode.roundrobin(),
                "stubborn",
                mode.stubborn(),
                "weight",
                mode.weight(),
                "prio",
                mode.prio());
    }

    private static String yesNo(boolean set) {
        return set ? "yes" : "no";
    }
}
