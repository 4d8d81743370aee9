package io.github.penagent.bench;

import io.github.penagent.peers.MetricsPage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What an agent spends on many pens, and whether it asks them when it should: the times between the polls of each pen are those that
 * the agent itself shows, looked at more often than it polls.
 */
final class PollingAtScale {
    private static final Duration SETTLING = Duration.ofSeconds(4);
    private static final Duration WATCHED = Duration.ofSeconds(8);
    private static final String LAST = "pen_poll_last_success_timestamp_seconds";
    private static final String POLLS = "pen_polls_total";
    private static final String SKIPPED = "pen_polls_skipped_total";
    private static final double MB = 1e6;

    private final AgentAtWork agent;
    private final double interval;
    private final Map<String, Double> last = new HashMap<>();
    private final List<Double> intervals = new ArrayList<>();

    private PollingAtScale(AgentAtWork agent, double interval) {
        this.agent = agent;
        this.interval = interval;
    }

    /**
     * Of an agent that has just asked every pen once.
     *
     * @param backends of all pens
     * @param interval in seconds
     */
    static Figures of(AgentAtWork agent, int pens, int backends, double interval) throws Exception {
        return new PollingAtScale(agent, interval).measure(pens, backends);
    }

    private Figures measure(int pens, int backends) throws Exception {
        Thread.sleep(SETTLING.toMillis());
        agent.last();
        double polls = -sum(POLLS);
        double skipped = -sum(SKIPPED);
        double cpu = -agent.cpuMicros();
        double seconds = -System.nanoTime() / 1e9;
        // Half a poll's jitter more often than polls come, so that none is missed.
        long pause = (long) (400 * interval);
        double looks = Math.max(1, WATCHED.toMillis() / (double) pause) * Math.max(1, interval / 2);
        for (int i = 0; i < looks; i++) {
            look();
            Thread.sleep(pause);
        }
        cpu += agent.cpuMicros();
        seconds += System.nanoTime() / 1e9;
        polls += sum(POLLS);
        skipped += sum(SKIPPED);
        Collections.sort(intervals);
        return Figures.of("us", cpu / polls)
                .with("cores", cpu / 1e6 / seconds)
                .with("memory", agent.memory() / MB)
                .with("heap", agent.liveHeap() / MB)
                .with("missed", Math.max(0, 1 - polls * interval / seconds / pens))
                .with("skipped", skipped / polls)
                .with("p50", quantile(0.5))
                .with("p99", quantile(0.99))
                .with("longest", quantile(1))
                .with("seen", sum("pen_servers") / backends);
    }

    private void look() throws Exception {
        for (MetricsPage.Sample row : agent.metrics(LAST).all(LAST)) {
            Double before = last.put(row.labels().getOrDefault("pen", ""), row.number());
            if (before != null && row.number() > before) {
                intervals.add((row.number() - before) / interval);
            }
        }
    }

    private double quantile(double q) {
        return intervals.isEmpty() ? Double.NaN : intervals.get((int) (q * (intervals.size() - 1)));
    }

    private double sum(String name) throws Exception {
        return agent.metrics(name).all(name).stream()
                .mapToDouble(MetricsPage.Sample::number)
                .sum();
    }
}
