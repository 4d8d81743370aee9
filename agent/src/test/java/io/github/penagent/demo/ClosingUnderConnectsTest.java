package io.github.penagent.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** A client of a backend that closes may be served, refused or reset; nobody may find a complaint in the log. */
class ClosingUnderConnectsTest {
    private static final int ROUNDS = 50;

    private final Loop loop = new Loop();
    private final EventLoopGroup webServers = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final Logger netty = (Logger) LoggerFactory.getLogger("io.netty");
    private final ListAppender<ILoggingEvent> written = new ListAppender<>();
    private final AtomicInteger connects = new AtomicInteger();

    @BeforeEach
    void listenToTheLog() {
        written.start();
        netty.addAppender(written);
    }

    @AfterEach
    void close() throws TimeoutException {
        netty.detachAppender(written);
        loop.close();
        assertThat(webServers.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(10, TimeUnit.SECONDS))
                .isTrue();
    }

    @Test
    void a_backend_closes_quietly_while_clients_connect() throws Exception {
        HttpBackend backend = new HttpBackend(loop.vertx, webServers.next(), new SplittableRandom(1));
        loop.run(backend::open);
        String address = "127.0.0.1:" + backend.port();
        Thread clients = new Thread(() -> connect(address), "clients");
        clients.start();
        try {
            for (int round = 0; round < ROUNDS; round++) {
                int before = connects.get();
                await().pollInterval(Duration.ofMillis(2)).until(() -> connects.get() > before);
                loop.run(backend::close);
                // A client on its way may have the port for a moment, as its own.
                await().pollDelay(Duration.ZERO).untilAsserted(() -> loop.run(backend::open));
            }
        } finally {
            clients.interrupt();
            clients.join(TimeUnit.SECONDS.toMillis(10));
        }
        assertThat(written.list)
                .filteredOn(e -> e.getLevel().isGreaterOrEqual(Level.WARN))
                .isEmpty();
        assertThat(clients.isAlive()).isFalse();
    }

    private void connect(String address) {
        while (!Thread.currentThread().isInterrupted()) {
            try (Socket client = Tcp.connect(address)) {
                connects.addAndGet(client.isConnected() ? 1 : 0);
            } catch (IOException refused) {
                // Closed just now.
            }
        }
    }
}
