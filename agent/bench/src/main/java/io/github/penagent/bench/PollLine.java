package io.github.penagent.bench;

import io.github.penagent.peers.Run;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a poll costs the agent: 100 pens with 10 backends each, {@code servers}, one connection for each poll. */
final class PollLine implements Line {
    private static final int PENS = 100;
    private static final int BACKENDS = 10;
    private static final String IN_FLIGHT = "32";
    private static final String FLOOR_POLLS = "20000";

    /** The first ten thousand, as many again to be warm (from there on the curve is flat), and ten thousand that are. */
    private static final String STRETCHES = "10000,10000,10000";

    private static final int PENCTL_POLLS = 600;
    private static final int SECONDS = 4;

    private static final String FLOOR = "C floor";
    private static final String FAST_FLOOR = "C floor, asking as the agent does";
    private static final String CLIENT = "client";
    private static final String TURN = "whole turn";
    private static final String PENCTL = "penctl from sh";
    private static final String AGENT = "agent";

    private final Pattern timesOfShell = Pattern.compile("(\\d+)m([\\d.]+)s");

    @Override
    public String name() {
        return "poll";
    }

    @Override
    public void measure(int rounds, Report report) throws Exception {
        try (Pens pens = Pens.start(PENS, BACKENDS)) {
            Map<String, Rounds.Way> ways = new LinkedHashMap<>();
            ways.put(FLOOR, () -> floor(pens).with("second", calmFloor(pens)));
            ways.put(FAST_FLOOR, () -> floor(pens, "-f"));
            ways.put(CLIENT, () -> asking(pens, "client"));
            ways.put(TURN, () -> asking(pens, "turn"));
            ways.put(PENCTL, () -> penctl(pens));
            ways.put(AGENT, () -> agent(pens));
            Rounds found = Rounds.of(rounds, ways);
            found.agreeOn("lines");
            found.agreeOn("sum");
            tell(found, report);
        }
    }

    private static void tell(Rounds found, Report report) {
        Goal cold = Goal.of(4, 2);
        Goal warm = Goal.of(1.6, 1.2);
        report.row("first 10,000 polls", CLIENT + " / " + FLOOR, found.ratio("cold", CLIENT, FLOOR), cold);
        report.row("first 10,000 polls", TURN + " / " + FLOOR, found.ratio("cold", TURN, FLOOR), Goal.NONE);
        report.row("warm", CLIENT + " / " + FLOOR, found.ratio("warm", CLIENT, FLOOR), warm);
        report.row("warm", CLIENT + " / " + FAST_FLOOR, found.ratio("warm", CLIENT, FAST_FLOOR), Goal.NONE);
        report.row("warm", TURN + " / " + FLOOR, found.ratio("warm", TURN, FLOOR), Goal.NONE);
        Goal script = Goal.of(1.0 / 8, 1.0 / 12);
        report.row("warm", CLIENT + " / " + PENCTL, found.ratio("warm", CLIENT, PENCTL), script);
        report.row("warm", TURN + " / " + PENCTL, found.ratio("warm", TURN, PENCTL), Goal.NONE);
        report.row("once a second", AGENT + " / " + FLOOR, found.ratio("second", AGENT, FLOOR), Goal.NONE);
        report.row("once a second", AGENT + " / " + PENCTL, found.ratio("second", AGENT, PENCTL), Goal.NONE);
        report.row("warm", FLOOR + ", us of CPU", found.spread("warm", FLOOR), Goal.NONE);
        report.row("warm", CLIENT + ", us of CPU", found.spread("warm", CLIENT), Goal.NONE);
        report.row("before the first poll", CLIENT + ", ms of CPU", found.spread("prepare_ms", CLIENT), Goal.NONE);
    }

    private static Figures floor(Pens pens, String... how) throws Exception {
        Figures busy = floorRun(pens, how, "-i", IN_FLIGHT, "-n", FLOOR_POLLS);
        double us = busy.get("cpu_us_per_poll");
        return busy.with("cold", us).with("warm", us);
    }

    private static double calmFloor(Pens pens) throws Exception {
        return floorRun(pens, new String[0], "-s", Integer.toString(SECONDS)).get("cpu_us_per_poll");
    }

    private static Figures floorRun(Pens pens, String[] how, String... much) throws Exception {
        List<String> words = new ArrayList<>(List.of(how));
        words.addAll(List.of(much));
        try (Program floor = Program.c("floor", pens.portsAfter(words.toArray(String[]::new)))) {
            return floor.figures();
        }
    }

    private static Figures asking(Pens pens, String way) throws Exception {
        try (Program asking =
                Program.java(Asking.OPTIONS, Asking.class, pens.portsAfter(way, "in-flight", IN_FLIGHT, STRETCHES))) {
            Figures all = asking.figures();
            return all.with("cold", all.get("us0"))
                    .with("warm", all.get("us2"))
                    .with("prepare_ms", all.get("prepare_us") / 1_000);
        }
    }

    /** The shell's own count of what it and its children took; it counts in hundredths of a second. */
    private Figures penctl(Pens pens) throws IOException {
        String loop = "n=$1; shift; while [ $n -gt 0 ]; do for p; do \"$0\" 127.0.0.1:$p servers >/dev/null; done; "
                + "n=$((n - 1)); done; times";
        ProcessBuilder shell = io.github.penagent.peers.Program.PENCTL.command();
        String penctl = shell.command().get(0);
        int times = PENCTL_POLLS / PENS;
        shell.command(pens.portsAfter("sh", "-c", loop, penctl, Integer.toString(times)));
        Matcher spent =
                timesOfShell.matcher(Run.of(shell, Duration.ofMinutes(1)).output());
        double us = spent.results()
                        .mapToDouble(t -> 60 * Double.parseDouble(t.group(1)) + Double.parseDouble(t.group(2)))
                        .sum()
                * 1e6
                / PENCTL_POLLS;
        return totals(pens.all().stream()
                        .map(pen -> Totals.of(pen.penctl("servers").output()))
                        .reduce(Totals.NONE, Totals::and))
                .with("cold", us)
                .with("warm", us)
                .with("second", us);
    }

    private static Figures agent(Pens pens) throws Exception {
        try (AgentAtWork agent = AgentAtWork.on(pens.ports(), "1s").awaitCalm()) {
            long polls = -agent.polls();
            double us = -agent.cpuMicros();
            Thread.sleep(Duration.ofSeconds(SECONDS).toMillis());
            us += agent.cpuMicros();
            polls += agent.polls();
            return totals(agent.last()).with("second", us / polls);
        }
    }

    private static Figures totals(Totals totals) {
        return Figures.of("lines", totals.lines()).with("sum", totals.sum());
    }
}
