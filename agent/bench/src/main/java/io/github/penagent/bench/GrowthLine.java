package io.github.penagent.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * How the agent's cost grows with the pens, up to more than there is memory for real ones: one program stands in for all of them. As
 * that works, too, and on the same processors, it is polls in time that tell what the machine can do.
 */
final class GrowthLine implements Line {
    private static final int BACKENDS = 10;

    /**
     * One row of the table.
     *
     * @param seconds between two polls of a pen
     * @param mode of remediation
     */
    private record Size(int pens, int seconds, String mode) {
        String words() {
            return String.format(Locale.ROOT, "%,d pens every %d s, %s", pens, seconds, mode);
        }

        /** 96 MiB are shipped. */
        String options() {
            return pens > 1_000 ? "-Xmx384m" : "";
        }

        int backends() {
            return pens * BACKENDS;
        }
    }

    private static final List<Size> SIZES = List.of(
            new Size(100, 1, "observe"),
            new Size(1_000, 1, "observe"),
            new Size(1_000, 1, "off"),
            new Size(1_000, 5, "observe"),
            new Size(5_000, 5, "observe"),
            new Size(5_000, 1, "observe"));

    @Override
    public String name() {
        return "growth";
    }

    @Override
    public void measure(int rounds, Report report) throws Exception {
        Map<String, Rounds.Way> ways = new LinkedHashMap<>();
        SIZES.forEach(size -> ways.put(size.words(), () -> polling(size)));
        Rounds found = Rounds.of(rounds, ways);
        found.agreeOn("seen");
        String thousand = SIZES.get(1).words();
        for (Size size : SIZES) {
            String way = size.words();
            report.row("CPU per poll", way + " / every 1 s", found.ratio("us", way, thousand), Goal.NONE);
        }
        report.note(table(found));
    }

    private static String table(Rounds found) {
        List<String> lines = new ArrayList<>();
        lines.add(
                "| pens of 10 backends, stood in for | cores | us a poll | resident MB | live heap MB | polls not made |"
                        + " intervals, share of the wanted: median, 99 of 100, longest |");
        lines.add("|---|---|---|---|---|---|---|");
        for (Size size : SIZES) {
            String way = size.words();
            lines.add(String.format(
                    Locale.ROOT,
                    "| %s | %.3f | %.0f | %.0f | %.1f | %.1f %% | %.2f, %.2f, %.2f |",
                    way,
                    found.spread("cores", way).median(),
                    found.spread("us", way).median(),
                    found.spread("memory", way).median(),
                    found.spread("heap", way).median(),
                    100 * found.spread("missed", way).median(),
                    found.spread("p50", way).median(),
                    found.spread("p99", way).median(),
                    found.spread("longest", way).median()));
        }
        return String.join("\n", lines);
    }

    private static Figures polling(Size size) throws Exception {
        try (Program pens = Program.c("standin", Integer.toString(size.pens()), Integer.toString(BACKENDS));
                AgentAtWork agent = AgentAtWork.on(
                                ports(pens), size.seconds() + "s", "remediation.mode = " + size.mode(), size.options())
                        .awaitReady()) {
            return PollingAtScale.of(agent, size.pens(), size.backends(), size.seconds());
        }
    }

    static List<Integer> ports(Program standIn) throws IOException {
        return Stream.of(standIn.line().split(" "))
                .skip(1)
                .map(Integer::valueOf)
                .toList();
    }
}
