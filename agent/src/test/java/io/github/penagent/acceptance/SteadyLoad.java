package io.github.penagent.acceptance;

import io.github.penagent.peers.HttpTraffic;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The same requests over and over on kept connections, until closed. */
final class SteadyLoad implements AutoCloseable {
    private static final int PAUSE_MILLIS = 20;

    private final List<HttpTraffic.Connection> connections = new ArrayList<>();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();

    private final AtomicInteger rounds = new AtomicInteger();

    private SteadyLoad() {}

    /** With round robin over three backends, each has a load of its own size. */
    static SteadyLoad on(int port) throws IOException {
        SteadyLoad load = new SteadyLoad();
        HttpTraffic traffic = HttpTraffic.to(port);
        for (int i = 0; i < 6; i++) {
            load.connections.add(traffic.open("127.0.0." + (2 + i)));
        }
        load.clock.scheduleWithFixedDelay(load::round, 0, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        return load;
    }

    /** If it fails it is the last one, and the load's absence shows. */
    private void round() {
        try {
            for (int i = 0; i < connections.size(); i++) {
                int size = 1 + i % 3;
                connections.get(i).post(300 * size, 2_000 * size);
            }
            rounds.incrementAndGet();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How often each connection was used so far. */
    int rounds() {
        return rounds.get();
    }

    @Override
    public void close() throws IOException {
        clock.shutdownNow();
        // Ends a request that is under way, too.
        for (HttpTraffic.Connection connection : connections) {
            connection.close();
        }
    }
}
