package io.github.penagent.penctl;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reads the status page by its lines, all of which are known; the same in every version of pen. */
final class StatusReader {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);
    private static final byte[] COMMA = bytes(", ");
    private static final byte[] CELL = bytes("<td>");
    private static final byte[] CELL_END = bytes("</td>");
    private static final byte[] ROW = bytes("<tr>");

    private final Cursor reply;

    private StatusReader(Cursor reply) {
        this.reply = reply;
    }

    static StatusPage read(Cursor reply) throws UnreadableReply {
        reply.nonEmpty();
        if (reply.startsWith("Unable to create webstats") || reply.startsWith("Can't read webstats")) {
            throw reply.malformed("pen has no file for its status page: start it with -w, or set web_stats");
        }
        return new StatusReader(reply).page();
    }

    private StatusPage page() throws UnreadableReply {
        lines("<html>", "<head>", "<title>Pen status page</title>", "</head>");
        lines("<body bgcolor=\"#ffffff\"><h1>Pen status page</h1>");
        word("Time ");
        LocalDateTime time = time();
        final int count = number(", ");
        final int current = number(" servers, ");
        lines(" current<p>");
        List<StatusPage.Server> servers = servers();
        if (servers.size() != count) {
            throw reply.malformed("expected " + count + " servers, found " + servers.size());
        }
        final int clientsMax = number("<h2>Active clients</h2>Max number of clients: ");
        word("<p>");
        List<StatusPage.Client> clients = clients();
        final int max = number("<h2>Active connections</h2>Number of connections: ");
        final int used = number(" max, ");
        final int last = number(" used, ");
        word(" last<p>");
        List<StatusPage.Connection> connections = connections();
        lines("</body>", "</html>");
        reply.endOfReply();
        return new StatusPage(time, current, servers, clientsMax, clients, max, used, last, connections);
    }

    private LocalDateTime time() throws UnreadableReply {
        String text = reply.textBefore(COMMA, "");
        try {
            return LocalDateTime.parse(text, TIME);
        } catch (DateTimeException e) {
            throw reply.malformed("expected a time such as 2026-01-31 12:00:00");
        }
    }

    private List<StatusPage.Server> servers() throws UnreadableReply {
        heads(
                "server",
                "address",
                "status",
                "port",
                "connections",
                "max soft",
                "max hard",
                "sent",
                "received",
                "weight",
                "prio");
        List<StatusPage.Server> rows = new ArrayList<>();
        while (row()) {
            rows.add(new StatusPage.Server(
                    cell(), text(), cell(), cell(), cell(), cell(), cell(), unsigned(), unsigned(), cell(), cell()));
            lines("</tr>");
        }
        return rows;
    }

    private List<StatusPage.Client> clients() throws UnreadableReply {
        heads("client", "address", "age(secs)", "last server", "connects", "sent", "received");
        List<StatusPage.Client> rows = new ArrayList<>();
        while (row()) {
            rows.add(new StatusPage.Client(cell(), text(), cell(), cell(), cell(), unsigned(), unsigned()));
            lines("</tr>");
        }
        return rows;
    }

    private List<StatusPage.Connection> connections() throws UnreadableReply {
        heads("connection", "downfd", "upfd", "pending data down", "pending data up", "client", "server");
        List<StatusPage.Connection> rows = new ArrayList<>();
        while (row()) {
            rows.add(new StatusPage.Connection(cell(), cell(), cell(), cell(), cell(), cell(), cell()));
            lines("</tr>");
        }
        return rows;
    }

    private void heads(String... titles) throws UnreadableReply {
        lines("<table bgcolor=\"#c0c0c0\">", "<tr>");
        for (String title : titles) {
            lines("<td bgcolor=\"#80f080\">" + title + "</td>");
        }
        lines("</tr>");
    }

    /** Steps over the begin of a row, or the end of the table. */
    private boolean row() throws UnreadableReply {
        if (reply.skip(ROW)) {
            reply.endOfLine();
            return true;
        }
        lines("</table>");
        return false;
    }

    private int cell() throws UnreadableReply {
        reply.expect(CELL);
        int value = reply.integer();
        cellEnd();
        return value;
    }

    private long unsigned() throws UnreadableReply {
        reply.expect(CELL);
        long value = reply.unsigned();
        cellEnd();
        return value;
    }

    private String text() throws UnreadableReply {
        reply.expect(CELL);
        String text = reply.textBefore(CELL_END, "");
        cellEnd();
        return !text.isEmpty() && Text.printable(text) ? text : ClientTable.UNKNOWN;
    }

    private void cellEnd() throws UnreadableReply {
        reply.expect(CELL_END);
        reply.endOfLine();
    }

    private int number(String before) throws UnreadableReply {
        word(before);
        return reply.integer();
    }

    private void word(String text) throws UnreadableReply {
        reply.expect(bytes(text));
    }

    private void lines(String... texts) throws UnreadableReply {
        for (String text : texts) {
            word(text);
            reply.endOfLine();
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
