package io.github.penagent.penctl;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Talks to one pen, one connection at a time: pen serves control connections between two passes over its traffic, and
 * a second one would only delay the first. All state is confined to one event loop.
 */
public final class PenClient implements Control {
    /** No honest reply is longer: 50,000 servers or 100,000 clients. */
    static final int MAX_REPLY_BYTES = 4 * 1024 * 1024;

    private static final int SMALL_BUFFER = 4 * 1024;
    private static final int LARGE_BUFFER = 256 * 1024;

    private final Transport transport;
    private final EventLoop loop;
    private volatile Endpoint endpoint;
    private Duration deadline;
    private FastOpen fastOpen;
    private final Deque<Exchange<?>> waiting = new ArrayDeque<>();
    private @Nullable Exchange<?> running;
    private byte[] buffer = new byte[SMALL_BUFFER];

    PenClient(Transport transport, EventLoop loop, Endpoint endpoint, Duration deadline) {
        this.transport = transport;
        this.loop = loop;
        this.endpoint = endpoint;
        this.deadline = deadline;
        this.fastOpen = fastOpen(transport, endpoint);
    }

    private static FastOpen fastOpen(Transport transport, Endpoint endpoint) {
        return new FastOpen(endpoint, endpoint instanceof Endpoint.Tcp && transport.fastOpen());
    }

    /**
     * From the next connection on, talks to this endpoint within this deadline. One connection at a time stays the rule: one
     * that is open is finished first.
     */
    public void use(Endpoint newEndpoint, Duration newDeadline) {
        inLoop(() -> {
            deadline = newDeadline;
            if (!newEndpoint.equals(endpoint)) {
                endpoint = newEndpoint;
                fastOpen = fastOpen(transport, newEndpoint);
            }
        });
    }

    @Override
    public <T> Mono<Answer<T>> ask(Command<T> command) {
        return Mono.create(sink -> {
            Exchange<T> exchange = new Exchange<>(this, command, sink);
            sink.onDispose(() -> inLoop(exchange::abandon));
            inLoop(() -> enqueue(exchange));
        });
    }

    @Override
    public Mono<InetAddress> address(String host) {
        return Mono.create(sink -> transport.resolve(host, loop).addListener((Future<InetAddress> found) -> {
            if (found.isSuccess()) {
                sink.success(found.getNow());
            } else {
                sink.error(found.cause());
            }
        }));
    }

    /** The thread that all of this client's answers arrive on. */
    public ScheduledExecutorService loop() {
        return loop;
    }

    public Endpoint endpoint() {
        return endpoint;
    }

    private void inLoop(Runnable action) {
        if (loop.inEventLoop()) {
            action.run();
        } else {
            loop.execute(action);
        }
    }

    private void enqueue(Exchange<?> exchange) {
        if (exchange.over()) {
            return;
        }
        waiting.add(exchange);
        startNext();
    }

    private void startNext() {
        if (running == null) {
            running = waiting.poll();
            if (running != null) {
                running.start(transport, loop, endpoint, deadline, fastOpen);
            }
        }
    }

    /** The exchange's connection is closed; only now may the next one open. */
    void ended(Exchange<?> exchange) {
        if (running == exchange) {
            running = null;
        } else {
            waiting.remove(exchange);
        }
    }

    /** Called after {@link #ended} and after the answer was handed over, which may have asked for more. */
    void resume() {
        startNext();
    }

    byte[] buffer() {
        return buffer;
    }

    /** Room for {@code bytes} in all; what is there stays. */
    byte[] roomFor(int bytes) {
        if (bytes > buffer.length) {
            int doubled = Math.max(bytes, buffer.length * 2);
            buffer = java.util.Arrays.copyOf(buffer, Math.min(doubled, Math.max(bytes, MAX_REPLY_BYTES)));
        }
        return buffer;
    }

    /** Gives back what one reply of unusual length needed. */
    void trim(int usedBytes) {
        if (buffer.length > LARGE_BUFFER && usedBytes < buffer.length / 4) {
            buffer = new byte[SMALL_BUFFER];
        }
    }
}
