package io.github.penagent.peers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A web server for pen to forward to, on 127.0.0.1. {@code GET /1000} is answered with a body of 1000 bytes, and
 * connections are kept. It counts what passes its sockets, so that pen's counters can be held against the truth.
 */
public final class HttpBackend implements AutoCloseable {
    private static final int MOST_CONNECTIONS = 100;
    private static final Pattern REQUEST = Pattern.compile("[A-Z]+ /(\\d{0,8})\\S* HTTP/1\\.[01]\r\n");

    private final ServerSocket listener;
    private final ThreadPoolExecutor threads =
            new ThreadPoolExecutor(0, MOST_CONNECTIONS + 1, 1, TimeUnit.SECONDS, new SynchronousQueue<>());
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicLong received = new AtomicLong();
    private final AtomicLong sent = new AtomicLong();
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger requests = new AtomicInteger();
    private volatile int status = 200;
    private volatile boolean hung;
    private volatile Duration thought = Duration.ZERO;

    private HttpBackend(ServerSocket listener) {
        this.listener = listener;
        threads.execute(this::accept);
    }

    public static HttpBackend start() {
        return on(Ports.free("127.0.0.1"));
    }

    /** On a port that is known already, such as that of a backend that was closed. */
    public static HttpBackend on(int port) {
        try {
            synchronized (Forks.LOCK) {
                return new HttpBackend(new ServerSocket(port, MOST_CONNECTIONS, InetAddress.getLoopbackAddress()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                connections.incrementAndGet();
                open.add(socket);
                if (!hung) {
                    threads.execute(() -> serve(socket));
                }
                if (listener.isClosed()) {
                    socket.close();
                }
            } catch (IOException | RejectedExecutionException e) {
                // Closed, or more connections than anybody should open: those stay unanswered until close.
            }
        }
    }

    private void serve(Socket socket) {
        try (HttpWire wire = new HttpWire(socket, received, sent)) {
            for (String head = wire.head(); !head.isEmpty(); head = wire.head()) {
                wire.skipBody(head);
                requests.incrementAndGet();
                think();
                Matcher m = REQUEST.matcher(head);
                String size = m.lookingAt() ? m.group(1) : "";
                String start = "HTTP/1.1 " + status + " as told\r\nServed-By: " + listener.getLocalPort();
                wire.send(start, size.isEmpty() ? 0 : Integer.parseInt(size));
            }
        } catch (IOException e) {
            // The client left in the middle: its right.
        } finally {
            open.remove(socket);
        }
    }

    private void think() {
        try {
            Thread.sleep(thought.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** From now on each answer takes so long, {@link #thought()}. */
    public void think(Duration perAnswer) {
        thought = perAnswer;
    }

    public Duration thought() {
        return thought;
    }

    /** From now on answers carry {@code code}. */
    public void status(int code) {
        status = code;
    }

    /** From now on connections are taken, and nothing is answered. */
    public void hang() {
        hung = true;
    }

    /** Answers new connections again; those that got no answer are gone. */
    public void revive() {
        hung = false;
        open.forEach(HttpBackend::hangUp);
    }

    private static void hangUp(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** Bytes read from all connections so far. */
    public long received() {
        return received.get();
    }

    /** Bytes written to all connections so far. */
    public long sent() {
        return sent.get();
    }

    /** Connections accepted so far. */
    public int connections() {
        return connections.get();
    }

    /** Requests answered, or about to be. */
    public int requests() {
        return requests.get();
    }

    /** From now on connects are refused, and the connections that were open are gone. */
    @Override
    public void close() {
        try {
            listener.close();
            open.forEach(HttpBackend::hangUp);
            threads.shutdownNow();
            if (!threads.awaitTermination(10, TimeUnit.SECONDS)) {
                throw new AssertionError("a backend's connections did not end");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
