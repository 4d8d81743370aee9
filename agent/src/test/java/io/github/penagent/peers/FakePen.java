package io.github.penagent.peers;

import io.github.penagent.penctl.Endpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A control port that does what its {@link PenScript} says, which is mostly what no pen does on demand. A real listener;
 * it records who came and what they said.
 */
public final class FakePen implements AutoCloseable {
    private static final int MOST_CONNECTIONS = 64;

    private final ServerSocketChannel listener;
    private final Endpoint endpoint;
    private final ThreadPoolExecutor threads =
            new ThreadPoolExecutor(0, MOST_CONNECTIONS + 1, 1, TimeUnit.SECONDS, new SynchronousQueue<>());
    private final Set<Visit> open = ConcurrentHashMap.newKeySet();
    private final List<String> commands = new CopyOnWriteArrayList<>();
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger late = new AtomicInteger();
    private final AtomicInteger now = new AtomicInteger();
    private final AtomicInteger mostAtOnce = new AtomicInteger();
    private volatile PenScript script;

    private FakePen(ServerSocketChannel listener, Endpoint endpoint, PenScript script) {
        this.listener = listener;
        this.endpoint = endpoint;
        this.script = script;
        threads.execute(this::accept);
    }

    /** On 127.0.0.1. */
    public static FakePen that(PenScript script) {
        return on("127.0.0.1", script);
    }

    /** On an address of this machine, such as {@code ::1}. */
    public static FakePen on(String host, PenScript script) {
        return on(host, 0, script);
    }

    /** In the place of a pen that has ended. */
    public static FakePen on(Endpoint.Tcp place, PenScript script) {
        return on(place.host(), place.port(), script);
    }

    private static FakePen on(String host, int wanted, PenScript script) {
        try {
            ServerSocketChannel listener = ServerSocketChannel.open();
            listener.bind(new InetSocketAddress(InetAddress.getByName(host), wanted));
            int port = ((InetSocketAddress) listener.getLocalAddress()).getPort();
            return new FakePen(listener, new Endpoint.Tcp(host, port), script);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** On a unix socket, which must not be there yet; its file stays after close, as pen's does. */
    public static FakePen on(Path socket, PenScript script) {
        try {
            SocketAddress address = UnixDomainSocketAddress.of(socket);
            ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            return new FakePen(listener.bind(address), new Endpoint.Unix(socket), script);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** From the next connection on. */
    public void does(PenScript next) {
        script = next;
    }

    private void accept() {
        while (listener.isOpen()) {
            try {
                welcome(listener.accept());
            } catch (IOException e) {
                // Closed, most likely; otherwise the next accept tells.
            }
        }
    }

    private void welcome(SocketChannel channel) {
        connections.incrementAndGet();
        mostAtOnce.accumulateAndGet(now.incrementAndGet(), Math::max);
        Visit visit = new Visit(this, channel);
        open.add(visit);
        try {
            visit.arrive();
            threads.execute(() -> play(visit));
        } catch (IOException | RejectedExecutionException e) {
            // Gone already, closed, or more connections than anybody should open.
            visit.close();
        }
    }

    private void play(Visit visit) {
        try {
            script.play(visit);
        } catch (IOException e) {
            // The client left: that is for the test to judge.
        } finally {
            visit.close();
        }
    }

    void came(String command, boolean wasLate) {
        commands.add(command);
        if (wasLate) {
            late.incrementAndGet();
        }
    }

    /** Called before the socket closes, so that whoever sees the end can count on it. */
    void leaves(Visit visit) {
        if (open.remove(visit)) {
            now.decrementAndGet();
        }
    }

    public Endpoint endpoint() {
        return endpoint;
    }

    /** What each connection's first read brought, as ISO 8859-1. pen reads only once. */
    public List<String> commands() {
        return List.copyOf(commands);
    }

    /** Connections accepted so far. */
    public int connections() {
        return connections.get();
    }

    /** Connections that are open now. */
    public int open() {
        return now.get();
    }

    /** How many connections were ever open at the same time. */
    public int mostAtOnce() {
        return mostAtOnce.get();
    }

    /** How often the command was not there yet when its connection was accepted: each would have held pen up. */
    public int late() {
        return late.get();
    }

    @Override
    public void close() {
        try {
            listener.close();
            open.forEach(Visit::close);
            threads.shutdownNow();
            if (!threads.awaitTermination(10, TimeUnit.SECONDS)) {
                throw new AssertionError("a fake pen's connections did not end");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
