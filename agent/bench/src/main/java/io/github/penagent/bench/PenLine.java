package io.github.penagent.bench;

import io.github.penagent.peers.RealPen;
import java.util.LinkedHashMap;
import java.util.Map;

/** What one {@code servers} costs the pen that is asked, by how many backends it has. */
final class PenLine implements Line {
    /** Many short turns tell more than few long ones: who else uses the machine comes and goes within seconds. */
    private static final int TURNS_A_ROUND = 4;

    private static final int PENCTL_POLLS = 100;

    private static final String CLIENT = "client";
    private static final String ORDINARY = "ordinary client in C";
    private static final String FAST = "client in C that asks as the agent does";
    private static final String PENCTL = "penctl";

    @Override
    public String name() {
        return "pen";
    }

    @Override
    public void measure(int rounds, Report report) throws Exception {
        measure(rounds, report, 10, 2_000, Goal.of(0.6, 0.5));
        measure(rounds, report, 100, 1_000, Goal.of(0.6, 0.5));
        measure(rounds, report, 1_000, 200, Goal.of(0.6, 0.55));
    }

    private static void measure(int rounds, Report report, int backends, int polls, Goal goal) throws Exception {
        String many = Integer.toString(polls);
        try (Pens pens = Pens.start(1, backends);
                Program asking =
                        Program.java(Asking.OPTIONS, Asking.class, pens.portsAfter("client", "on-demand", "1", many))) {
            asking.line();
            Map<String, Rounds.Way> ways = new LinkedHashMap<>();
            ways.put(CLIENT, () -> cost(pens, polls, () -> asking(asking)));
            ways.put(ORDINARY, () -> cost(pens, polls, () -> floor(pens, "-i", "1", "-n", many)));
            ways.put(FAST, () -> cost(pens, polls, () -> floor(pens, "-f", "-i", "1", "-n", many)));
            ways.put(PENCTL, () -> cost(pens, PENCTL_POLLS, () -> penctl(pens.first())));
            Rounds found = Rounds.of(rounds * TURNS_A_ROUND, ways);
            found.agreeOn("lines");
            found.agreeOn("sum");
            String what = backends + " backends";
            report.row(what, CLIENT + " / " + ORDINARY, found.ratio("pen_us", CLIENT, ORDINARY), goal);
            report.row(what, FAST + " / " + ORDINARY, found.ratio("pen_us", FAST, ORDINARY), Goal.NONE);
            report.row(what, CLIENT + " / " + PENCTL, found.ratio("pen_us", CLIENT, PENCTL), Goal.NONE);
            report.row(what, CLIENT + ", us of pen's CPU", found.spread("pen_us", CLIENT), Goal.NONE);
        }
    }

    /** pen works for nobody else meanwhile. */
    private static Figures cost(Pens pens, int polls, Rounds.Way way) throws Exception {
        long pen = pens.first().pid();
        double us = -Cpu.micros(pen);
        Figures figures = way.run();
        us += Cpu.micros(pen);
        return figures.with("pen_us", us / polls);
    }

    private static Figures asking(Program asking) throws Exception {
        asking.say("again");
        return Figures.read(asking.line());
    }

    private static Figures floor(Pens pens, String... words) throws Exception {
        try (Program floor = Program.c("floor", pens.portsAfter(words))) {
            return floor.figures();
        }
    }

    private static Figures penctl(RealPen pen) {
        Totals last = Totals.NONE;
        for (int i = 0; i < PENCTL_POLLS; i++) {
            last = Totals.of(pen.penctl("servers").output());
        }
        return Figures.of("lines", last.lines()).with("sum", last.sum());
    }
}
