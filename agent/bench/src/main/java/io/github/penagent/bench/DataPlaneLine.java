package io.github.penagent.bench;

import io.github.penagent.peers.Child;
import io.github.penagent.peers.RealPen;
import io.github.penagent.penctl.Endpoint;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** For how long clients of a pen wait: small requests through it, 500 a second whatever becomes of them, while it is polled or not. */
final class DataPlaneLine implements Line {
    private static final int BACKENDS = 10;
    private static final int A_SECOND = 500;
    private static final int SECONDS = 3;

    private static final String NOBODY = "unpolled";
    private static final String EACH_SECOND = "polled each second";
    private static final String TEN_A_SECOND = "polled each 100 ms";
    private static final String PENCTL = "penctl in a loop";

    @Override
    public String name() {
        return "data-plane";
    }

    @Override
    public void measure(int rounds, Report report) throws Exception {
        try (Program traffic = Program.c("traffic", Integer.toString(BACKENDS));
                RealPen pen = pen(traffic)) {
            Map<String, Rounds.Way> ways = new LinkedHashMap<>();
            ways.put(NOBODY, () -> requests(traffic, pen));
            ways.put(EACH_SECOND, () -> polled(traffic, pen, "1s"));
            ways.put(TEN_A_SECOND, () -> polled(traffic, pen, "100ms"));
            ways.put(PENCTL, () -> penctl(traffic, pen));
            Rounds found = Rounds.of(rounds, ways);
            found.agreeOn("requests");
            found.agreeOn("answered");
            tell(found, report);
        }
    }

    private static void tell(Rounds found, Report report) {
        for (String figure : List.of("p50", "p99", "max")) {
            for (String way : List.of(EACH_SECOND, TEN_A_SECOND, PENCTL)) {
                report.row(figure, way + " / " + NOBODY, found.ratio(figure + "_us", way, NOBODY), Goal.NONE);
            }
            report.row(figure, NOBODY + ", us", found.spread(figure + "_us", NOBODY), Goal.NONE);
        }
    }

    private static RealPen pen(Program traffic) throws Exception {
        String port = traffic.line().split(" ")[1];
        RealPen.Builder pen = RealPen.with().options("-r");
        for (int i = 1; i <= BACKENDS; i++) {
            pen.backend("127.0.0." + i + ":" + port);
        }
        return pen.start();
    }

    private static Figures requests(Program traffic, RealPen pen) throws Exception {
        traffic.say(pen.listenPort() + " " + A_SECOND + " " + SECONDS);
        return Figures.read(traffic.line());
    }

    private static Figures polled(Program traffic, RealPen pen, String interval) throws Exception {
        int control = ((Endpoint.Tcp) pen.controlEndpoint()).port();
        try (AgentAtWork agent = AgentAtWork.on(List.of(control), interval).awaitCalm()) {
            long before = agent.polls();
            Figures served = requests(traffic, pen);
            return served.with("polls", agent.polls() - before);
        }
    }

    /** One after another without a pause, as scripts do that want to know at once. */
    private static Figures penctl(Program traffic, RealPen pen) throws Exception {
        ProcessBuilder shell = io.github.penagent.peers.Program.PENCTL.command();
        String penctl = shell.command().get(0);
        String control = pen.controlEndpoint().toString();
        shell.command("sh", "-c", "while :; do \"$0\" $1 servers >/dev/null; done", penctl, control);
        Path log = Files.createTempFile("penctl", ".log");
        try (Child loop = Child.start(shell, log)) {
            Figures served = requests(traffic, pen);
            if (!loop.alive()) {
                throw new IllegalStateException("penctl's loop ended: " + loop.log());
            }
            return served;
        } finally {
            Files.delete(log);
        }
    }
}
