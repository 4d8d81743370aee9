package io.github.penagent.cluster;

import io.github.penagent.peers.MetricsPage;
import io.github.penagent.peers.MetricsPage.Sample;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The pages of some agents, looked at a few times a second, as a Prometheus does that is in a hurry; what is wrong with their counters is kept. */
final class Pages implements AutoCloseable {
    private static final Duration BETWEEN = Duration.ofMillis(400);
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    /** By then what a pen counted is on no page yet that an owner to come could fall behind. */
    private static final Duration SETTLED = Duration.ofSeconds(4);

    private static final Set<String> BYTES = Set.of("pen_server_sent_bytes_total", "pen_server_received_bytes_total");

    private final ScheduledExecutorService clock = Executors.newScheduledThreadPool(4);
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private final List<String> wrong = new CopyOnWriteArrayList<>();
    private final Map<String, List<Seen>> bytes = new ConcurrentHashMap<>();
    private final Map<Integer, Page> last = new ConcurrentHashMap<>();

    /** What an agent ever showed, by its port. */
    private final Map<Integer, Map<String, Double>> shown = new ConcurrentHashMap<>();

    /** @param first whether that page had no such series before: somebody else had */
    private record Seen(long millis, int port, double value, boolean first) {}

    /** @param counters of pens, by name and labels */
    record Page(long millis, MetricsPage all, Map<String, Double> counters) {
        Set<String> up() {
            return all.all("pen_up").stream()
                    .filter(sample -> sample.number() == 1)
                    .map(sample -> sample.labels().getOrDefault("pen", ""))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    /** From now on. */
    void watch(int port) {
        clock.scheduleWithFixedDelay(() -> look(port), 0, BETWEEN.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** The agent there is another one now, or none. */
    void forget(int port) {
        last.remove(port);
        shown.remove(port);
    }

    /** The page of that agent if it is younger than a second. */
    List<Page> fresh(int... ports) {
        List<Page> pages = new ArrayList<>();
        for (int port : ports) {
            Page page = last.get(port);
            if (page != null && System.currentTimeMillis() - page.millis < 1_500) {
                pages.add(page);
            }
        }
        return pages;
    }

    private void look(int port) {
        try {
            long now = System.currentTimeMillis();
            HttpResponse<String> answer = http.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics"))
                            .timeout(PATIENCE)
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() == 200) {
                compare(port, page(now, answer.body()));
            }
        } catch (IOException e) {
            // Killed, stopped, or not there yet.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | AssertionError e) {
            wrong.add(port + ": " + e);
        }
    }

    private static Page page(long now, String body) {
        MetricsPage page = MetricsPage.parse(body.lines()
                .filter(line -> line.contains("_total{")
                        || line.startsWith("pen_up{")
                        || line.startsWith("pen_agent_owned_pens")
                        || line.startsWith("pen_agent_members")
                        || line.startsWith("pen_agent_coordination_up"))
                .collect(Collectors.joining("\n")));
        Map<String, Double> counters = new HashMap<>();
        for (Sample sample : page.beginning("pen_")) {
            if (sample.name().endsWith("_total") && sample.labels().containsKey("pen")) {
                counters.put(sample.name() + sample.labels(), sample.number());
            }
        }
        return new Page(now, page, counters);
    }

    private void compare(int port, Page page) {
        Page before = last.put(port, page);
        Map<String, Double> ever = shown.computeIfAbsent(port, any -> new ConcurrentHashMap<>());
        page.counters.forEach((series, value) -> {
            Double earlier = ever.put(series, value);
            if (earlier != null && value < earlier) {
                wrong.add("on the page of " + port + " " + series + " fell from " + earlier + " to " + value);
            }
            if (BYTES.contains(series.substring(0, series.indexOf('{')))) {
                boolean first = before == null || !before.counters.containsKey(series);
                bytes.computeIfAbsent(series, any -> new CopyOnWriteArrayList<>())
                        .add(new Seen(page.millis, port, value, first));
            }
        });
    }

    /** Counters that went backwards, on one page or from one owner to the next. */
    List<String> wrong() {
        List<String> all = new ArrayList<>(wrong);
        bytes.forEach((series, seen) -> {
            double settled = 0;
            int next = 0;
            for (Seen now : seen) {
                while (seen.get(next).millis <= now.millis - SETTLED.toMillis()) {
                    settled = Math.max(settled, seen.get(next++).value);
                }
                if (now.first && now.value < settled) {
                    all.add(series + " was " + settled + " and is " + now.value + " at " + now.port);
                }
            }
        });
        return all;
    }

    /** The most that any page ever showed for such a series of bytes. */
    double most(Predicate<String> series) {
        return bytes.entrySet().stream()
                .filter(entry -> series.test(entry.getKey()))
                .flatMap(entry -> entry.getValue().stream())
                .mapToDouble(Seen::value)
                .max()
                .orElse(Double.NaN);
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
