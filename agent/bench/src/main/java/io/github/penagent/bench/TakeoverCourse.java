package io.github.penagent.bench;

import io.github.penagent.peers.RealEtcd;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Five agents begin, one of them is killed, and another one joins the four that are left: what each of that takes. */
final class TakeoverCourse {
    private static final int AGENTS = 5;

    /** Nothing has moved for this long: it is over. */
    private static final double CALM = 3;

    private static final long LOOK_MILLIS = 100;
    private static final long STEADY_MILLIS = 20_000;
    private static final double PATIENCE = 120;
    private static final double MB = 1e6;

    private final RealEtcd etcd;
    private final SharingAgents agents;
    private final int pens;
    private Figures figures = new Figures(Map.of());

    private TakeoverCourse(RealEtcd etcd, SharingAgents agents, int pens) {
        this.etcd = etcd;
        this.agents = agents;
        this.pens = pens;
    }

    /** Runs it for agents that have none yet. */
    static Figures run(RealEtcd etcd, SharingAgents agents, int pens) throws Exception {
        TakeoverCourse course = new TakeoverCourse(etcd, agents, pens);
        course.begin();
        course.stay();
        course.lose();
        course.welcome();
        return course.figures;
    }

    private void begin() throws Exception {
        EtcdLoad load = EtcdLoad.of(etcd);
        double start = now();
        for (int i = 0; i < AGENTS; i++) {
            agents.join();
        }
        while (agents.members().stream().anyMatch(members -> members == 0)) {
            look(start);
        }
        note("allThere", now() - start);
        note("allOwned", untilAllOwned(start) - start);
        note("shared", untilCalm(AGENTS) - start);
        for (AgentAtWork agent : agents.all()) {
            agent.awaitReady();
        }
        note("ready", now() - start);
        figures = EtcdLoad.of(etcd).since(load).into(figures, "begin");
    }

    private void stay() throws Exception {
        EtcdLoad load = EtcdLoad.of(etcd);
        double cpu = -agents.cpu();
        double sharing = -agents.deciding() - agents.speaking();
        Thread.sleep(STEADY_MILLIS);
        EtcdLoad spent = EtcdLoad.of(etcd).since(load);
        figures = spent.into(figures, "stay");
        note("agentsCores", (cpu + agents.cpu()) / spent.seconds());
        note("sharingCores", (sharing + agents.deciding() + agents.speaking()) / spent.seconds());
        note("etcdMemory", Resident.total(etcd.pid()) / MB);
        note("etcdDb", etcd.metrics().value("etcd_mvcc_db_total_size_in_bytes") / MB);
        note("agentMemory", largest());
    }

    private double largest() throws Exception {
        double most = 0;
        for (AgentAtWork agent : agents.all()) {
            most = Math.max(most, agent.memory() / MB);
        }
        return most;
    }

    private void lose() throws Exception {
        Map<String, Double> before = SharingAgents.lastPolls(List.of(agents.first()));
        EtcdLoad load = EtcdLoad.of(etcd);
        double wall = wall();
        double start = now();
        agents.loseFirst();
        double deciding = -agents.deciding();
        while (agents.members().stream().allMatch(members -> members == AGENTS)) {
            look(start);
        }
        double noticed = now();
        double owned = untilAllOwned(start);
        Map<String, Double> after = untilPolled(before.keySet(), wall);
        note("lost", before.size());
        note("leaseOver", noticed - start);
        note("takenOver", owned - noticed);
        note("lostToOwned", owned - start);
        note("lostToPolled", largest(after) - wall);
        before.forEach((pen, last) -> after.computeIfPresent(pen, (name, first) -> first - last));
        note("longestGap", largest(after));
        note("lostDeciding", deciding + agents.deciding());
        figures = EtcdLoad.of(etcd).since(load).into(figures, "lost");
    }

    /** When each of them was polled first after that instant. */
    private Map<String, Double> untilPolled(Set<String> wanted, double wall) throws Exception {
        Map<String, Double> first = new HashMap<>();
        double start = now();
        while (first.size() < wanted.size()) {
            SharingAgents.lastPolls(agents.all()).forEach((pen, at) -> {
                if (wanted.contains(pen) && at > wall) {
                    first.putIfAbsent(pen, at);
                }
            });
            look(start);
        }
        return first;
    }

    private void welcome() throws Exception {
        Map<String, String> before = agents.owners();
        EtcdLoad load = EtcdLoad.of(etcd);
        double start = now();
        AgentAtWork joined = agents.join();
        double listens = start;
        while (agents.members().stream().noneMatch(members -> members == AGENTS)) {
            listens = now();
            look(start);
        }
        double calm = untilCalm(AGENTS);
        joined.awaitReady();
        Map<String, String> after = agents.owners();
        note("joined", listens - start);
        note("joinedToShare", calm - listens);
        note(
                "moved",
                before.entrySet().stream()
                        .filter(pen -> !pen.getValue().equals(after.get(pen.getKey())))
                        .count());
        figures = EtcdLoad.of(etcd).since(load).into(figures, "joined");
    }

    private double untilAllOwned(double start) throws Exception {
        while (sum(agents.owned()) < pens) {
            look(start);
        }
        return now();
    }

    /** When the last pen went to where it belongs. */
    private double untilCalm(int members) throws Exception {
        double start = now();
        double last = start;
        List<Double> before = List.of();
        while (true) {
            List<Double> owned = agents.owned();
            boolean complete = sum(owned) == pens && agents.members().stream().allMatch(known -> known == members);
            if (!complete || !owned.equals(before)) {
                before = owned;
                last = now();
            } else if (now() - last > CALM) {
                return last;
            }
            look(start);
        }
    }

    private static void look(double start) throws InterruptedException {
        if (now() - start > PATIENCE) {
            throw new IllegalStateException("it does not come to an end");
        }
        Thread.sleep(LOOK_MILLIS);
    }

    private void note(String name, double value) {
        figures = figures.with(name, value);
    }

    private static double sum(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).sum();
    }

    private static double largest(Map<String, Double> values) {
        return values.values().stream().mapToDouble(Double::doubleValue).max().orElse(Double.NaN);
    }

    private static double now() {
        return System.nanoTime() / 1e9;
    }

    private static double wall() {
        return System.currentTimeMillis() / 1e3;
    }
}
