package io.github.penagent.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A thousand real pens, asked once a second: whether that is light, and whether each costs what it costs among a hundred. */
final class ScaleLine implements Line {
    private static final int FEW = 100;
    private static final int MANY = 1_000;
    private static final int BACKENDS = 10;
    private static final String HUNDRED = "100 pens";
    private static final String THOUSAND = "1,000 pens";

    @Override
    public String name() {
        return "scale";
    }

    @Override
    public void measure(int rounds, Report report) throws Exception {
        try (PenCrowd pens = PenCrowd.start(MANY, BACKENDS)) {
            Map<String, Rounds.Way> ways = new LinkedHashMap<>();
            ways.put(HUNDRED, () -> polling(pens.ports().subList(0, FEW)));
            ways.put(THOUSAND, () -> polling(pens.ports()));
            Rounds found = Rounds.of(rounds, ways);
            found.agreeOn("seen");
            report.row(
                    "CPU per poll", THOUSAND + " / " + HUNDRED, found.ratio("us", THOUSAND, HUNDRED), Goal.of(1.1, 1));
            report.row(THOUSAND, "cores", found.spread("cores", THOUSAND), Goal.of(0.5));
            report.row(THOUSAND, "resident memory, MB", found.spread("memory", THOUSAND), Goal.of(200));
            report.row(
                    THOUSAND,
                    "share of polls that were not made",
                    found.spread("missed", THOUSAND),
                    Goal.of(0.02, 0.01));
            report.row(THOUSAND, "99 of 100 intervals, s", found.spread("p99", THOUSAND), Goal.of(1.25, 1.15));
            report.row(THOUSAND, "longest interval, s", found.spread("longest", THOUSAND), Goal.NONE);
            report.row(THOUSAND, "us of CPU per poll", found.spread("us", THOUSAND), Goal.NONE);
            report.row(THOUSAND, "live heap, MB", found.spread("heap", THOUSAND), Goal.NONE);
        }
    }

    private static Figures polling(List<Integer> ports) throws Exception {
        try (AgentAtWork agent = AgentAtWork.on(ports, "1s").awaitReady()) {
            return PollingAtScale.of(agent, ports.size(), ports.size() * BACKENDS, 1);
        }
    }
}
