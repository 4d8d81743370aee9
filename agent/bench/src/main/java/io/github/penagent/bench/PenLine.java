package io.github.penagent.bench;

import java.util.LinkedHashMap;
import java.util.Map;

/** What one {@code servers} costs the pen that is asked, by how many backends it has. */
final class PenLine implements Line {
    private static final String CLIENT = "client";
    private static final String ORDINARY = "ordinary client in C";
    private static final String FAST = "client in C that asks as the agent does";

    @Override
    public String name() {
        return "pen";
    }

    @Override
    public void measure(int rounds, Report report) throws Exception {
        measure(rounds, report, 10, 4_000, Goal.of(0.6, 0.5));
        measure(rounds, report, 100, 1_500, Goal.of(0.6, 0.5));
        measure(rounds, report, 1_000, 250, Goal.of(0.6, 0.55));
    }

    private static void measure(int rounds, Report report, int backends, int polls, Goal goal) throws Exception {
        try (Pens pens = Pens.start(1, backends)) {
            Map<String, Rounds.Way> ways = new LinkedHashMap<>();
            String many = Integer.toString(polls);
            ways.put(CLIENT, () -> cost(pens, polls, () -> asking(pens, many)));
            ways.put(ORDINARY, () -> cost(pens, polls, () -> floor(pens, "-i", "1", "-n", many)));
            ways.put(FAST, () -> cost(pens, polls, () -> floor(pens, "-f", "-i", "1", "-n", many)));
            Rounds found = Rounds.of(rounds, ways);
            found.agreeOn("lines");
            found.agreeOn("sum");
            String what = backends + " backends";
            report.row(what, CLIENT + " / " + ORDINARY, found.ratio("pen_us", CLIENT, ORDINARY), goal);
            report.row(what, FAST + " / " + ORDINARY, found.ratio("pen_us", FAST, ORDINARY), Goal.NONE);
            report.row(what, CLIENT + ", us of pen's CPU", found.spread("pen_us", CLIENT), Goal.NONE);
        }
    }

    /** pen works for nobody else meanwhile; it counts in nanoseconds what it ran. */
    private static Figures cost(Pens pens, int polls, Rounds.Way way) throws Exception {
        long pen = pens.first().pid();
        double us = -Cpu.micros(pen);
        Figures figures = way.run();
        us += Cpu.micros(pen);
        return figures.with("pen_us", us / polls);
    }

    private static Figures asking(Pens pens, String polls) throws Exception {
        try (Program asking =
                Program.java(Asking.OPTIONS, Asking.class, pens.portsAfter("client", "in-flight", "1", polls))) {
            return asking.figures();
        }
    }

    private static Figures floor(Pens pens, String... words) throws Exception {
        try (Program floor = Program.c("floor", pens.portsAfter(words))) {
            return floor.figures();
        }
    }
}
