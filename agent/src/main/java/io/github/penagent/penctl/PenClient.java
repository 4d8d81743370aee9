package io.github.penagent.penctl;

import io.netty.channel.IoEventLoop;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;
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
    private final IoEventLoop loop;
    private volatile Way way;
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private @Nullable Exchange<?> running;
    private byte[] buffer = new byte[SMALL_BUFFER];

    PenClient(Transport transport, IoEventLoop loop, Endpoint endpoint, Duration deadline) {
        this.transport = transport;
        this.loop = loop;
        this.way = Way.to(endpoint, deadline, transport);
    }

    private record Waiting(Exchange<?> exchange, Supplier<Way> way) {}

    /**
     * From the next connection on, talks to this endpoint within this deadline. One connection at a time stays the rule: one
     * that is open is finished first.
     */
    public void use(Endpoint newEndpoint, Duration newDeadline) {
        inLoop(() -> {
            Way now = way;
            way = newEndpoint.equals(now.endpoint())
                    ? now.within(newDeadline)
                    : Way.to(newEndpoint, newDeadline, transport);
        });
    }

    /**
     * The pen that is there now, for as long as one piece of work takes: whatever address this client is given meanwhile, what was
     * read of one pen must never be written to another. Takes its turn with all else that is asked of this client.
     */
    public Control here() {
        Way now = way;
        return new Control() {
            @Override
            public <T> Mono<Answer<T>> ask(Command<T> command) {
                return PenClient.this.ask(command, () -> now);
            }

            @Override
            public Mono<InetAddress> address(String host) {
                return PenClient.this.address(host);
            }
        };
    }

    @Override
    public <T> Mono<Answer<T>> ask(Command<T> command) {
        return ask(command, () -> way);
    }

    private <T> Mono<Answer<T>> ask(Command<T> command, Supplier<Way> where) {
        return Mono.create(sink -> {
            Exchange<T> exchange = new Exchange<>(this, command, sink);
            sink.onDispose(() -> inLoop(exchange::abandon));
            inLoop(() -> enqueue(new Waiting(exchange, where)));
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
        return way.endpoint();
    }

    private void inLoop(Runnable action) {
        if (loop.inEventLoop()) {
            action.run();
        } else {
            loop.execute(action);
        }
    }

    private void enqueue(Waiting next) {
        if (next.exchange().over()) {
            return;
        }
        waiting.add(next);
        startNext();
    }

    private void startNext() {
        if (running == null) {
            Waiting next = waiting.poll();
            if (next != null) {
                running = next.exchange();
                running.start(transport, loop, next.way().get());
            }
        }
    }

    /** The exchange's connection is closed; only now may the next one open. */
    void ended(Exchange<?> exchange) {
        if (running == exchange) {
            running = null;
        } else {
            waiting.removeIf(other -> other.exchange() == exchange);
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
