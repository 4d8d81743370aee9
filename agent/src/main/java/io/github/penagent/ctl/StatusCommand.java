package io.github.penagent.ctl;

import io.github.penagent.penctl.StatusPage;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Parameters;

/** pen's status page, read. */
@picocli.CommandLine.Command(
        header = "pen's status page: backends, clients and connections.",
        description = {
            "pen writes it into the file that web_stats names, and has none without one. It costs pen over ten times what "
                    + "servers and recent do.",
            "On a terminal clients and connections are counted; --json lists them."
        })
final class StatusCommand extends CtlCommand {
    @Parameters(hidden = true, arity = "0..*")
    private List<String> surplus = new ArrayList<>();

    @Override
    Report run(Conversation pen) throws NoAnswer, Misuse {
        if (!surplus.isEmpty()) {
            throw new Misuse("'status' takes no arguments");
        }
        StatusPage page = pen.told("status", pen.pen().information().status());
        return Report.of(text(page, pen.style()), json(page));
    }

    private static String text(StatusPage page, Style style) {
        Table table = new Table()
                .right("SLOT")
                .left("ADDRESS")
                .right("CONN")
                .right("SOFT")
                .right("HARD")
                .right("WEIGHT")
                .right("PRIO")
                .right("SENT")
                .right("RECEIVED");
        page.servers().forEach(server -> add(table, server));
        return page.time() + " on pen's clock, slot " + page.current() + " was picked last\n"
                + page.clients().size() + " of " + page.clientsMax() + " clients, "
                + page.connectionsUsed() + " of " + page.connectionsMax() + " connections\n\n"
                + table.text(style);
    }

    private static void add(Table table, StatusPage.Server server) {
        table.row(
                Integer.toString(server.slot()),
                server.address() + ":" + server.port(),
                Integer.toString(server.connections()),
                Backend.limit(server.max()),
                Backend.limit(server.hard()),
                Integer.toString(server.weight()),
                Integer.toString(server.prio()),
                Units.bytes(server.sent()),
                Units.bytes(server.received()));
    }

    private static Map<String, Object> json(StatusPage page) {
        return Json.object(
                "time", page.time().toString(),
                "current_slot", page.current(),
                "clients_max", page.clientsMax(),
                "connections_max", page.connectionsMax(),
                "connections_used", page.connectionsUsed(),
                "servers", page.servers().stream().map(StatusCommand::server).toList(),
                "clients", page.clients().stream().map(StatusCommand::client).toList(),
                "connections",
                        page.connections().stream()
                                .map(StatusCommand::connection)
                                .toList());
    }

    private static Map<String, Object> server(StatusPage.Server server) {
        return Json.object(
                "slot", server.slot(),
                "address", server.address(),
                "port", server.port(),
                "failed_unix_seconds", server.failed(),
                "connections", server.connections(),
                "soft_limit", server.max(),
                "hard_limit", server.hard(),
                "weight", server.weight(),
                "priority", server.prio(),
                "sent_bytes", unsigned(server.sent()),
                "received_bytes", unsigned(server.received()));
    }

    private static Map<String, Object> client(StatusPage.Client client) {
        return Json.object(
                "row", client.row(),
                "client", client.address(),
                "age_seconds", client.ageSeconds(),
                "slot", client.server(),
                "connects", client.connects(),
                "sent_bytes", unsigned(client.sent()),
                "received_bytes", unsigned(client.received()));
    }

    private static Map<String, Object> connection(StatusPage.Connection connection) {
        return Json.object(
                "connection", connection.number(),
                "client_socket", connection.downFd(),
                "backend_socket", connection.upFd(),
                "client_row", connection.client(),
                "slot", connection.server());
    }

    private static Number unsigned(long bytes) {
        return bytes < 0 ? new BigInteger(Long.toUnsignedString(bytes)) : (Number) bytes;
    }
}
