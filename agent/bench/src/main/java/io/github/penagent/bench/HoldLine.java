package io.github.penagent.bench;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/**
 * For how long a pen waits for a command whose connection it has accepted, and forwards nothing meanwhile: 100 stand-ins that measure
 * it, from the first connection on.
 */
final class HoldLine implements Line {
    private static final String PENS = "100";
    private static final String BACKENDS = "10";
    private static final String A_SECOND = "500";
    private static final String POLLS = "1500";

    /** 500 polls a second, too. */
    private static final String INTERVAL = "200ms";

    private static final List<Duration> STOPS = Stream.concat(
                    Stream.generate(() -> Duration.ofMillis(300)).limit(10),
                    Stream.generate(() -> Duration.ofSeconds(1)).limit(3))
            .toList();
    private static final int MOST_MILLIS_BETWEEN = 200;

    private static final String CLIENT = "client";
    private static final String AGENT = "agent, stopped again and again";
    private static final String ORDINARY = "ordinary client of the same stack";
    private static final String WARMED = "ordinary client, warmed up";

    private final Random random = new Random();

    @Override
    public String name() {
        return "hold";
    }

    @Override
    public void measure(int rounds, Report report) throws Exception {
        Map<String, Rounds.Way> ways = new LinkedHashMap<>();
        ways.put(CLIENT, () -> asking("client"));
        ways.put(ORDINARY, () -> asking("ordinary"));
        ways.put(WARMED, () -> asking("warmed"));
        ways.put(AGENT, this::stopped);
        Rounds found = Rounds.of(rounds, ways);
        found.agreeOn("lines");
        tell(found, report);
    }

    private static void tell(Rounds found, Report report) {
        Goal mean = Goal.of(1.0 / 10, 1.0 / 50);
        Goal p99 = Goal.of(10, 5);
        Goal max = Goal.of(1_000);
        report.row("mean", CLIENT + " / " + ORDINARY, found.ratio("mean_us", CLIENT, ORDINARY), mean);
        report.row("mean", CLIENT + " / " + WARMED, found.ratio("mean_us", CLIENT, WARMED), Goal.NONE);
        for (String way : List.of(CLIENT, AGENT)) {
            report.row("p99", way + ", us", found.spread("p99_us", way), p99);
            report.row("p99.9", way + ", us", found.spread("p999_us", way), Goal.NONE);
            report.row("worst of all rounds", way + ", us", Spread.of(found.worst("max_us", way)), max);
            report.row("commands that were late", way + ", count", found.spread("slept", way), Goal.NONE);
        }
        for (String way : List.of(ORDINARY, WARMED)) {
            report.row("p99", way + ", us", found.spread("p99_us", way), Goal.NONE);
            report.row("worst of all rounds", way + ", us", Spread.of(found.worst("max_us", way)), Goal.NONE);
        }
    }

    private static Figures asking(String way) throws Exception {
        try (Program pens = Program.c("standin", PENS, BACKENDS)) {
            Figures seen;
            try (Program asking =
                    Program.java(Asking.OPTIONS, Asking.class, words(way, "a-second", A_SECOND, POLLS, ports(pens)))) {
                seen = asking.figures();
            }
            return held(pens).with("lines", seen.get("lines"));
        }
    }

    private Figures stopped() throws Exception {
        try (Program pens = Program.c("standin", PENS, BACKENDS)) {
            List<Integer> ports = ports(pens).map(Integer::valueOf).toList();
            try (AgentAtWork agent = AgentAtWork.on(ports, INTERVAL).awaitReady()) {
                for (Duration stop : STOPS) {
                    Thread.sleep(random.nextInt(MOST_MILLIS_BETWEEN));
                    agent.stopFor(stop);
                }
                return held(pens).with("lines", agent.last().lines());
            }
        }
    }

    private static Stream<String> ports(Program pens) throws Exception {
        return Stream.of(pens.line().split(" ")).skip(1);
    }

    private static String[] words(String way, String how, String pace, String polls, Stream<String> ports) {
        return Stream.concat(Stream.of(way, how, pace, polls), ports).toArray(String[]::new);
    }

    private static Figures held(Program pens) throws Exception {
        pens.say("report");
        return Figures.read(pens.line());
    }
}
