package io.github.penagent.bench;

import io.github.penagent.peers.RealEtcd;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * How long pens are without an agent when one of five is lost, and what etcd has to do for it, as the pens become more: one program
 * stands in for all of them.
 */
final class TakeoverLine implements Line {
    /** What moves are pens; and one of the agents, as shipped, may have all of them at first. */
    private static final int BACKENDS = 2;

    /** Polls every ten seconds leave two processors to what is measured. */
    private static final String INTERVAL = System.getProperty("bench.takeover.interval", "10s");

    private static final List<Integer> SIZES = Stream.of(
                    System.getProperty("bench.takeover.pens", "1000,2500,5000").split(","))
            .map(Integer::valueOf)
            .toList();

    /** A column of the table. */
    private record Column(String title, String format, String... figures) {
        String of(Rounds found, String way) {
            Object[] values = Stream.of(figures)
                    .map(figure -> (Object) found.spread(figure, way).median())
                    .toArray();
            return String.format(Locale.ROOT, format, values);
        }
    }

    private static final List<Column> TIMES = List.of(
            new Column(
                    "five started, s: all there, all pens owned, each its share",
                    "%.1f, %.1f, %.1f",
                    "allThere",
                    "allOwned",
                    "shared"),
            new Column("one of them lost: its pens", "%.0f", "lost"),
            new Column(
                    "s until its lease is over, and from then until all are owned",
                    "%.1f, %.1f",
                    "leaseOver",
                    "takenOver"),
            new Column("s until all are polled again", "%.1f", "lostToPolled"),
            new Column("longest time between two polls, s", "%.1f", "longestGap"),
            new Column("one joins: pens moved", "%.0f", "moved"),
            new Column(
                    "s until it is there, and from then until it has its share",
                    "%.1f, %.1f",
                    "joined",
                    "joinedToShare"));

    private static final List<Column> LOADS = List.of(
            new Column(
                    "at rest, of a core: etcd, five agents, of that sharing",
                    "%.3f, %.3f, %.3f",
                    "etcdCores",
                    "agentsCores",
                    "sharingCores"),
            new Column(
                    "etcd at rest, a minute: requests, writes",
                    "%.0f, %.0f",
                    "stayRequestsMinute",
                    "stayProposalsMinute"),
            new Column(
                    "five start: s of etcd's CPU, requests, keys",
                    "%.2f, %.0f, %.0f",
                    "beginCpu",
                    "beginRequests",
                    "beginPuts"),
            new Column(
                    "one lost: the same, and s of four agents' CPU for whose is what",
                    "%.2f, %.0f, %.0f, %.2f",
                    "lostCpu",
                    "lostRequests",
                    "lostPuts",
                    "lostDeciding"),
            new Column("one joins: the same of etcd", "%.2f, %.0f, %.0f", "joinedCpu", "joinedRequests", "joinedPuts"),
            new Column(
                    "MB: etcd, its file, the largest agent",
                    "%.0f, %.1f, %.0f",
                    "etcdMemory",
                    "etcdDb",
                    "agentMemory"));

    @Override
    public String name() {
        return "takeover";
    }

    @Override
    public void measure(int rounds, Report report) throws Exception {
        Map<String, Rounds.Way> ways = new LinkedHashMap<>();
        SIZES.forEach(pens -> ways.put(words(pens), () -> sharing(pens)));
        Rounds found = Rounds.of(rounds, ways);
        report.note(table(found, TIMES) + "\n\n" + table(found, LOADS));
    }

    private static String words(int pens) {
        return String.format(Locale.ROOT, "%,d", pens);
    }

    private static String table(Rounds found, List<Column> columns) {
        List<String> lines = new ArrayList<>();
        lines.add("| pens | "
                + String.join(" | ", columns.stream().map(Column::title).toList()) + " |");
        lines.add("|---|" + "---|".repeat(columns.size()));
        for (int pens : SIZES) {
            String way = words(pens);
            lines.add("| " + way + " | "
                    + String.join(
                            " | ",
                            columns.stream()
                                    .map(column -> column.of(found, way))
                                    .toList()) + " |");
        }
        return String.join("\n", lines);
    }

    private static Figures sharing(int pens) throws Exception {
        try (RealEtcd etcd = RealEtcd.start();
                Program standIn = Program.c("standin", Integer.toString(pens), Integer.toString(BACKENDS));
                SharingAgents agents = new SharingAgents(etcd, GrowthLine.ports(standIn), INTERVAL)) {
            return perMinute(TakeoverCourse.run(etcd, agents, pens));
        }
    }

    private static Figures perMinute(Figures run) {
        double seconds = run.get("staySeconds");
        return run.with("etcdCores", run.get("stayCpu") / seconds)
                .with("stayRequestsMinute", 60 * run.get("stayRequests") / seconds)
                .with("stayProposalsMinute", 60 * run.get("stayProposals") / seconds);
    }
}
