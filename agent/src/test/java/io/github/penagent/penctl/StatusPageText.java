package io.github.penagent.penctl;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** Writes a status page as pen does: its servers, and neither clients nor connections. */
public final class StatusPageText {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private StatusPageText() {}

    /**
     * A page.
     *
     * @param shownSeconds the time that it shows, in seconds since 1970 if it were UTC
     * @param servers the cells of each: number, address, status, port, connections, soft and hard limit, bytes sent and
     *     received, weight, priority
     */
    public static String of(long shownSeconds, List<? extends List<?>> servers) {
        StringBuilder page = new StringBuilder()
                .append("<html>\n<head>\n<title>Pen status page</title>\n</head>\n")
                .append("<body bgcolor=\"#ffffff\"><h1>Pen status page</h1>\nTime ")
                .append(TIME.format(Instant.ofEpochSecond(shownSeconds)) + ", " + servers.size()
                        + " servers, 0 current<p>\n");
        heads(page, "server,address,status,port,connections,max soft,max hard,sent,received,weight,prio");
        servers.forEach(cells -> row(page, cells));
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

    private static void row(StringBuilder page, List<?> cells) {
        page.append("<tr>\n");
        cells.forEach(cell -> page.append("<td>" + cell + "</td>\n"));
        page.append("</tr>\n");
    }
}
