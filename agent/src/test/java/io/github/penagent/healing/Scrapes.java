package io.github.penagent.healing;

import io.github.penagent.peers.MetricsPage;
import io.github.penagent.peers.RunningAgent;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** One page after another, as fast as they come, each held against the one before. */
final class Scrapes implements AutoCloseable {
    private static final List<String> LASTING = List.of("pen_up", "pen_servers");

    /** Not there while clients are not asked for. */
    private static final String OPTIONAL = "pen_accepted_connections_total";

    private final RunningAgent agent;
    private final List<String> faults = new CopyOnWriteArrayList<>();
    private final Thread thread;
    private volatile boolean ended;
    private final AtomicInteger count = new AtomicInteger();

    private Scrapes(RunningAgent agent) {
        this.agent = agent;
        thread = new Thread(this::scrape, "scrapes");
    }

    static Scrapes of(RunningAgent agent) {
        Scrapes scrapes = new Scrapes(agent);
        scrapes.thread.start();
        return scrapes;
    }

    private void scrape() {
        Map<String, Double> before = new HashMap<>();
        while (!ended) {
            try {
                HttpResponse<String> answer = agent.get("/metrics");
                if (answer.statusCode() != 200) {
                    faults.add("status " + answer.statusCode());
                }
                compare(before, MetricsPage.parse(answer.body()));
                count.incrementAndGet();
            } catch (RuntimeException | AssertionError e) {
                faults.add(e.toString());
            }
        }
    }

    /** Whatever there is of pen {@code web} once is there from then on, and what is counted only grows. */
    private void compare(Map<String, Double> before, MetricsPage page) {
        Map<String, Double> now = new HashMap<>();
        page.samples().stream()
                .filter(row -> "web".equals(row.labels().get("pen")))
                .filter(row -> row.name().endsWith("_total") || LASTING.contains(row.name()))
                .filter(row -> !row.name().startsWith("pen_client_"))
                .forEach(row -> now.put(row.name() + row.labels(), row.number()));
        before.forEach((key, value) -> {
            Double after = now.get(key);
            if (after == null && !key.startsWith(OPTIONAL)) {
                faults.add("gone: " + key);
            } else if (after != null && key.contains("_total") && after < value) {
                faults.add("went back: " + key + " from " + value + " to " + after);
            }
        });
        before.putAll(now);
    }

    int count() {
        return count.get();
    }

    List<String> faults() {
        return faults;
    }

    @Override
    public void close() {
        end();
    }

    void end() {
        ended = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
