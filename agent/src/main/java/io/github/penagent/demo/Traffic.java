package io.github.penagent.demo;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import java.time.Clock;
import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Clients of one listener. Each connects, says what it has to say, and reads until it is closed. Their rate follows a
 * sine, so that whoever watches sees something move.
 */
final class Traffic {
    private static final long TICK_MILLIS = 100;
    private static final double PERIOD_SECONDS = 60;
    private static final double SWING = 0.85;
    private static final int MAX_RUNNING = 32;
    private static final int IDLE_SECONDS = 5;

    private final Vertx vertx;
    private final int port;
    private final double perSecond;
    private final Supplier<Buffer> words;
    private final Clock clock;
    private final RandomGenerator random;
    private final List<NetClient> clients;
    private final double phase;
    private double due;
    private int running;
    private long timer = -1;

    /**
     * @param port the loopback port to visit
     * @param perSecond visits per second on average; 0 to 100
     * @param words what each of them says
     * @param from the loopback addresses to come from, the first one most often
     */
    Traffic(
            Vertx vertx,
            int port,
            double perSecond,
            Supplier<Buffer> words,
            List<String> from,
            Clock clock,
            RandomGenerator random) {
        this.vertx = vertx;
        this.port = port;
        this.perSecond = perSecond;
        this.words = words;
        this.clock = clock;
        this.random = random;
        this.phase = random.nextDouble();
        this.clients = from.stream()
                .map(address -> vertx.createNetClient(
                        new NetClientOptions().setLocalAddress(address).setIdleTimeout(IDLE_SECONDS)))
                .toList();
    }

    void start() {
        timer = vertx.setPeriodic(TICK_MILLIS, id -> tick());
    }

    /** No visit begins any more, and those under way are cut off. */
    Future<Void> stop() {
        vertx.cancelTimer(timer);
        return Future.join(clients.stream().map(NetClient::close).toList()).mapEmpty();
    }

    private void tick() {
        double turns = clock.millis() / (1_000 * PERIOD_SECONDS) + phase;
        due += perSecond * TICK_MILLIS / 1_000 * (1 + SWING * Math.sin(2 * Math.PI * turns));
        for (; due >= 1; due--) {
            if (running < MAX_RUNNING) {
                visit();
            }
        }
    }

    private void visit() {
        running++;
        double skewed = random.nextDouble() * random.nextDouble();
        NetClient client = clients.get((int) (skewed * clients.size()));
        client.connect(port, "127.0.0.1").onComplete(this::speak, failure -> running--);
    }

    private void speak(NetSocket socket) {
        socket.closeHandler(v -> running--);
        socket.exceptionHandler(failure -> {});
        socket.handler(reply -> {});
        socket.write(words.get());
    }
}
