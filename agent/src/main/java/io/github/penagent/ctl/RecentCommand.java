package io.github.penagent.ctl;

import io.github.penagent.penctl.ClientTable;
import io.github.penagent.penctl.Command;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Parameters;

/** Who came lately. */
@picocli.CommandLine.Command(
        header = "The clients that connected lately.",
        description = {
            "SENT are bytes to the client, RECEIVED those from it (for servers it is the other way round).",
            "A client that only uses an older connection is not listed. pen compares no more than the first byte of an "
                    + "IPv6 address: such clients share one line."
        })
final class RecentCommand extends CtlCommand {
    @Parameters(
            arity = "0..1",
            paramLabel = "SECONDS",
            description = "How far to look back, 0 to " + Command.MAX_RECENT_SECONDS + "; ${DEFAULT-VALUE} by default.")
    private int seconds = 300;

    @Override
    Report run(Conversation pen) throws NoAnswer, Misuse {
        if (seconds < 0 || seconds > Command.MAX_RECENT_SECONDS) {
            throw new Misuse("recent takes 0 to " + Command.MAX_RECENT_SECONDS + " seconds, not " + seconds);
        }
        ClientTable clients = pen.ask(Command.recent(seconds, new ClientTable()));
        return Report.of(text(clients, pen.style()), json(clients));
    }

    private String text(ClientTable clients, Style style) {
        if (clients.size() == 0) {
            return "no client connected in the last " + Units.seconds(seconds) + "\n";
        }
        Table table = new Table().left("CLIENT").right("CONNECTS").right("SENT").right("RECEIVED");
        for (int i = 0; i < clients.size(); i++) {
            table.row(
                    clients.client(i),
                    Integer.toString(clients.connects(i)),
                    Units.bytes(Math.max(0, clients.sx(i))),
                    Units.bytes(Math.max(0, clients.rx(i))));
        }
        return table.text(style);
    }

    private Object json(ClientTable clients) {
        List<Object> rows = new ArrayList<>();
        for (int i = 0; i < clients.size(); i++) {
            rows.add(Json.object(
                    "client",
                    clients.client(i),
                    "connects",
                    clients.connects(i),
                    "sent_bytes",
                    clients.sx(i),
                    "received_bytes",
                    clients.rx(i)));
        }
        return Json.object("seconds", seconds, "clients", rows);
    }
}
