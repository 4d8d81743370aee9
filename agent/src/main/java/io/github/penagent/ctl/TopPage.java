package io.github.penagent.ctl;

import io.github.penagent.ctl.Backend.State;
import io.github.penagent.ctl.Snapshot.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How {@code top} looks, as lines of text. */
final class TopPage {
    private static final int BAR = 10;
    private static final String KEYS = "q quit  p pause  sort: n slot  a address  c connections  s sent  r received";

    private final String target;
    private final Style style;

    TopPage(String target, Style style) {
        this.target = target;
        this.style = style;
    }

    /** Header and all backends. */
    List<String> lines(Snapshot snapshot, TopOrder order) {
        List<String> lines = new ArrayList<>(header(snapshot));
        lines.add("");
        lines.addAll(table(snapshot, order));
        return lines;
    }

    /**
     * The same on a screen of {@code height} lines: as many backends as fit, and the keys below.
     *
     * @param skip how many backends are scrolled away; the last one stays
     * @param remark instead of the keys' line, such as why the poll failed; may be empty
     */
    List<String> screen(Snapshot snapshot, TopOrder order, int skip, int height, String remark) {
        List<String> lines = new ArrayList<>(header(snapshot));
        lines.add("");
        List<String> table = table(snapshot, order);
        lines.add(table.get(0));
        List<String> backends = table.subList(1, table.size());
        int room = Math.max(0, height - lines.size() - 2);
        int first = Math.max(0, Math.min(skip, backends.size() - 1));
        int end = Math.min(backends.size(), first + room);
        lines.addAll(backends.subList(Math.min(first, end), end));
        while (lines.size() < height - 2) {
            lines.add("");
        }
        int hidden = backends.size() - (end - Math.min(first, end));
        lines.add(
                hidden == 0
                        ? ""
                        : style.dim(end - first + " of " + BackendChecks.count(backends.size(), "backend") + " shown"));
        lines.add(
                remark.isEmpty()
                        ? style.dim(KEYS + "  (now: " + order.word() + ")  j/k scroll")
                        : style.yellow(remark));
        return lines.subList(0, Math.min(lines.size(), Math.max(1, height)));
    }

    private List<String> header(Snapshot s) {
        long used = used(s).count();
        int connections = used(s).mapToInt(row -> row.backend().connections()).sum();
        String polled = String.format(Locale.ROOT, "poll %.1f ms", s.pollNanos() / 1e6);
        return List.of(
                style.bold("pen " + target) + "  pid " + s.pid() + "  listens on " + s.listen() + "  " + polled,
                "mode " + s.mode(),
                used + (used == 1 ? " backend  " : " backends  ")
                        + connections + (connections == 1 ? " connection  " : " connections  ")
                        + BackendChecks.count(s.recent(), "client") + " in " + Polls.RECENT_SECONDS + "s  sent "
                        + Units.rate(sum(s, true))
                        + "  received " + Units.rate(sum(s, false)));
    }

    private static java.util.stream.Stream<Row> used(Snapshot s) {
        return s.rows().stream().filter(row -> row.backend().used());
    }

    /** NaN as long as no rate is known. */
    private static double sum(Snapshot s, boolean sent) {
        return used(s).mapToDouble(row -> sent ? row.sentRate() : row.receivedRate())
                .filter(rate -> !Double.isNaN(rate))
                .reduce(Double::sum)
                .orElse(Double.NaN);
    }

    private List<String> table(Snapshot s, TopOrder order) {
        Table table = new Table()
                .right("SLOT")
                .left("ADDRESS")
                .left("STATE")
                .right("CONN")
                .right("SOFT")
                .right("HARD")
                .left("LOAD")
                .right("SENT/S")
                .right("RECEIVED/S")
                .right("SENT")
                .right("RECEIVED")
                .right("WEIGHT")
                .right("PRIO");
        s.rows().stream()
                .filter(row -> row.backend().state() != State.UNUSED)
                .sorted(order.comparator())
                .forEach(row -> add(table, row));
        return table.lines(style);
    }

    private void add(Table table, Row row) {
        Backend b = row.backend();
        table.painted(
                ServersCommand.paint(b.state(), style),
                Integer.toString(b.slot()),
                b.address(),
                b.state().word(),
                Integer.toString(b.connections()),
                Backend.limit(b.soft()),
                Backend.limit(b.hard()),
                bar(b.connections(), b.limit()),
                Units.rate(row.sentRate()),
                Units.rate(row.receivedRate()),
                Units.bytes(b.sent()),
                Units.bytes(b.received()),
                b.weight(),
                b.prio());
    }

    /** Connections against the limit; without a limit there is nothing to measure by. */
    static String bar(int connections, int limit) {
        if (limit <= 0) {
            return "";
        }
        long filled = Math.min(BAR, Math.round((double) BAR * Math.max(0, connections) / limit));
        // One connection shows.
        int marks = connections > 0 ? (int) Math.max(1, filled) : 0;
        return "[" + "|".repeat(marks) + ".".repeat(BAR - marks) + "]";
    }
}
