package io.github.penagent.faults;

import io.github.penagent.peers.HttpTraffic;
import io.github.penagent.peers.RealPen;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** How long each request through a pen takes, on connections that are kept and on fresh ones, until closed. */
final class Latencies implements AutoCloseable {
    private static final int OF_EACH_KIND = 2;
    private static final int BYTES = 100;
    private static final long KEPT_PAUSE = TimeUnit.MILLISECONDS.toNanos(4);
    private static final long FRESH_PAUSE = TimeUnit.MILLISECONDS.toNanos(15);

    private final HttpTraffic traffic;
    private final ExecutorService threads = Executors.newFixedThreadPool(2 * OF_EACH_KIND);
    private final Queue<Request> requests = new ConcurrentLinkedQueue<>();
    private final List<String> failures = new CopyOnWriteArrayList<>();
    private volatile boolean over;

    private record Request(long begin, long end) {}

    private Latencies(HttpTraffic traffic) {
        this.traffic = traffic;
    }

    static Latencies through(RealPen pen) {
        Latencies latencies = new Latencies(HttpTraffic.to(pen.listenPort()));
        for (int i = 0; i < OF_EACH_KIND; i++) {
            String kept = "127.0.1." + (1 + i);
            String fresh = "127.0.2." + (1 + i);
            latencies.threads.execute(() -> latencies.keep(kept));
            latencies.threads.execute(() -> latencies.renew(fresh));
        }
        return latencies;
    }

    private void keep(String from) {
        try (HttpTraffic.Connection connection = traffic.open(from)) {
            while (!over) {
                long begin = System.nanoTime();
                note(connection.get(BYTES), begin);
                LockSupport.parkNanos(KEPT_PAUSE);
            }
        } catch (IOException e) {
            failures.add("kept: " + e);
        }
    }

    private void renew(String from) {
        try {
            while (!over) {
                long begin = System.nanoTime();
                note(traffic.get(from, BYTES), begin);
                LockSupport.parkNanos(FRESH_PAUSE);
            }
        } catch (IOException e) {
            failures.add("fresh: " + e);
        }
    }

    private void note(int status, long begin) {
        requests.add(new Request(begin, System.nanoTime()));
        if (status != 200) {
            failures.add("status " + status);
        }
    }

    /** The longest of all requests that were on their way at any time between the two. */
    Duration worst(long from, long to) {
        return Duration.ofNanos(
                overlapping(from, to).mapToLong(r -> r.end() - r.begin()).max().orElse(0));
    }

    /** How many requests, over by now, were on their way between the two. */
    long requests(long from, long to) {
        return overlapping(from, to).count();
    }

    private Stream<Request> overlapping(long from, long to) {
        return requests.stream().filter(r -> r.begin() - to < 0 && r.end() - from > 0);
    }

    /** Requests without a good answer; there should be none. */
    List<String> failures() {
        return List.copyOf(failures);
    }

    @Override
    public void close() {
        over = true;
        threads.shutdown();
        try {
            if (!threads.awaitTermination(20, TimeUnit.SECONDS)) {
                throw new AssertionError("requests that never end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
