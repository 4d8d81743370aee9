package io.github.penagent.simulation;

import io.github.penagent.demo.PenModel;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** The status page of a modelled pen, in pen's own form: its servers with their blacklists, and neither clients nor connections. */
final class StatusText {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final int LONGEST = 3_600;

    private StatusText() {}

    static String of(PenModel pen, long clock) {
        List<String> rows = pen.execute("servers", clock).lines().toList();
        StringBuilder page = new StringBuilder()
                .append("<html>\n<head>\n<title>Pen status page</title>\n</head>\n")
                .append("<body bgcolor=\"#ffffff\"><h1>Pen status page</h1>\nTime ")
                .append(TIME.format(Instant.ofEpochSecond(clock)) + ", " + rows.size() + " servers, 0 current<p>\n");
        String more = "connections,max soft,max hard,sent,received,weight,prio";
        heads(page, "server,address,status,port," + more);
        rows.forEach(row -> server(page, row.split(" ", -1), pen, clock));
        page.append("</table>\n<h2>Active clients</h2>Max number of clients: 2048<p>");
        heads(page, "client,address,age(secs),last server,connects,sent,received");
        page.append("</table>\n<h2>Active connections</h2>Number of connections: 500 max, 0 used, 0 last<p>");
        heads(page, "connection,downfd,upfd,pending data down,pending data up,client,server");
        return page.append("</table>\n</body>\n</html>\n").toString();
    }

    private static void heads(StringBuilder page, String titles) {
        page.append("<table bgcolor=\"#c0c0c0\">\n<tr>\n");
        for (String title : titles.split(",", -1)) {
            page.append("<td bgcolor=\"#80f080\">" + title + "</td>\n");
        }
        page.append("</tr>\n");
    }

    /** From a row of {@code servers}: number, then name and value in turn. */
    private static void server(StringBuilder page, String[] row, PenModel pen, long clock) {
        int slot = Integer.parseInt(row[0]);
        List<String> cells = List.of(
                row[0],
                row[2],
                Long.toString(failed(pen, slot, clock)),
                row[4],
                row[6],
                row[8],
                row[10],
                row[16],
                row[18],
                row[12],
                row[14]);
        page.append("<tr>\n");
        cells.forEach(cell -> page.append("<td>" + cell + "</td>\n"));
        page.append("</tr>\n");
    }

    /** What pen keeps: the time at which the blacklist ends, less the time that all have in common. */
    private static long failed(PenModel pen, int slot, long clock) {
        int seconds = 0;
        while (seconds < LONGEST && pen.blacklisted(slot, clock + seconds)) {
            seconds++;
        }
        long inCommon = Long.parseLong(pen.execute("blacklist", clock).strip());
        return seconds == 0 ? 0 : clock + seconds - inCommon;
    }
}
