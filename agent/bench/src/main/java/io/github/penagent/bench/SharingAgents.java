package io.github.penagent.bench;

import io.github.penagent.cluster.etcd.Entry;
import io.github.penagent.cluster.etcd.Etcd;
import io.github.penagent.cluster.etcd.EtcdSettings;
import io.github.penagent.peers.MetricsPage;
import io.github.penagent.peers.RealEtcd;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Agents as shipped, each a process, that share the same pens over one etcd. */
final class SharingAgents implements AutoCloseable {
    private static final Duration DEADLINE = Duration.ofSeconds(10);
    private static final String OWNERS = "/pen-agent/owners/";
    private static final String OWNED = "pen_agent_owned_pens";
    private static final String MEMBERS = "pen_agent_members";

    /** Of the threads on which an agent finds out whose pens are whose, and begins and ends to watch them. */
    private static final List<String> DECIDING = List.of("pen-share", "pen-config");

    /** Those on which it speaks with etcd and answers whoever asks. */
    private static final String SPEAKING = "vert.x-eventloo";

    private final RealEtcd etcd;
    private final List<Integer> pens;
    private final String interval;
    private final List<AgentAtWork> agents = new ArrayList<>();

    /**
     * None at first.
     *
     * @param pens the ports of all of them
     * @param interval in the words of the configuration
     */
    SharingAgents(RealEtcd etcd, List<Integer> pens, String interval) {
        this.etcd = etcd;
        this.pens = pens;
        this.interval = interval;
    }

    /** One more; does not wait for it. */
    AgentAtWork join() throws IOException {
        String cluster = "cluster.etcd.endpoints = [\"" + etcd.url() + "\"]";
        AgentAtWork joined = AgentAtWork.on(pens, interval, cluster, "");
        agents.add(joined);
        return joined;
    }

    /** The one that joined first is no more, from one instant to the next. */
    void loseFirst() {
        agents.remove(0).close();
    }

    AgentAtWork first() {
        return agents.get(0);
    }

    List<AgentAtWork> all() {
        return List.copyOf(agents);
    }

    /** How many pens each has, by its own word; 0 of one that does not listen yet. */
    List<Double> owned() throws IOException, InterruptedException {
        return each(OWNED);
    }

    /** How many members each knows of. */
    List<Double> members() throws IOException, InterruptedException {
        return each(MEMBERS);
    }

    private List<Double> each(String metric) throws IOException, InterruptedException {
        List<Double> values = new ArrayList<>();
        for (AgentAtWork agent : agents) {
            values.add(value(agent, metric));
        }
        return values;
    }

    private static double value(AgentAtWork agent, String metric) throws IOException, InterruptedException {
        try {
            return agent.metrics(metric).value(metric);
        } catch (ConnectException e) {
            if (!agent.alive()) {
                throw new IOException("an agent ended: " + agent.log(), e);
            }
            return 0;
        }
    }

    /** When each pen was last polled, in seconds of the wall clock, by those that have it. */
    static Map<String, Double> lastPolls(List<AgentAtWork> agents) throws IOException, InterruptedException {
        String last = "pen_poll_last_success_timestamp_seconds";
        List<MetricsPage.Sample> rows = new ArrayList<>();
        for (AgentAtWork agent : agents) {
            rows.addAll(agent.metrics(last).all(last));
        }
        return rows.stream()
                .collect(Collectors.toMap(
                        row -> row.labels().getOrDefault("pen", ""), MetricsPage.Sample::number, Math::max));
    }

    /** Who has which pen, by etcd's word. */
    Map<String, String> owners() {
        EtcdSettings settings =
                new EtcdSettings(List.of(URI.create(etcd.url())), Optional.empty(), EtcdSettings.Tls.DEFAULT);
        try (Etcd client = Etcd.open(settings, DEADLINE)) {
            return client.list(OWNERS).blockOptional().orElseThrow().entries().stream()
                    .collect(Collectors.toMap(Entry::key, Entry::value));
        }
    }

    /** What all of them have spent so far, in seconds. */
    double cpu() throws IOException {
        double sum = 0;
        for (AgentAtWork agent : agents) {
            sum += agent.cpuMicros() / 1e6;
        }
        return sum;
    }

    /** Of that, what went to sharing the pens, but for what speaking with etcd takes. */
    double deciding() throws IOException {
        return cpu(DECIDING);
    }

    /** What speaking takes; with etcd alone, as long as nobody else asks. */
    double speaking() throws IOException {
        return cpu(List.of(SPEAKING));
    }

    private double cpu(List<String> threads) throws IOException {
        double sum = 0;
        for (AgentAtWork agent : agents) {
            sum += agent.cpuMicros(threads) / 1e6;
        }
        return sum;
    }

    @Override
    public void close() {
        agents.forEach(AgentAtWork::close);
    }
}
