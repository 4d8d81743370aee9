package io.github.penagent.acceptance;

import io.github.penagent.peers.RealPen;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** pen's own table of servers, as Debian's penctl tells it. */
final class PenServers {
    private static final Pattern LINE = Pattern.compile("(\\d+) addr (\\S+) port (\\d+) conn (\\d+) max (-?\\d+)"
            + " hard (-?\\d+) weight (-?\\d+) prio (-?\\d+) sx (\\d+) rx (\\d+)");

    private PenServers() {}

    /** One line; numbers as pen writes them. */
    record Row(
            String slot,
            String address,
            String conn,
            String max,
            String hard,
            String weight,
            String prio,
            String sx,
            String rx) {}

    static List<Row> of(RealPen pen) {
        return pen.penctl("servers").lines().stream().map(PenServers::row).toList();
    }

    private static Row row(String line) {
        Matcher m = LINE.matcher(line);
        if (!m.matches()) {
            throw new AssertionError("not a line of pen's: " + line);
        }
        return new Row(
                m.group(1),
                m.group(2) + ":" + m.group(3),
                m.group(4),
                m.group(5),
                m.group(6),
                m.group(7),
                m.group(8),
                m.group(9),
                m.group(10));
    }

    /** Established connections to all backends. */
    static int connections(RealPen pen) {
        return of(pen).stream().mapToInt(row -> Integer.parseInt(row.conn())).sum();
    }
}
