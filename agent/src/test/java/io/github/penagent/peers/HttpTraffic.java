package io.github.penagent.peers;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Web clients in front of a pen. Each comes from a loopback address of the test's choice (all of 127.0.0.0/8 is ours),
 * so pen tells them apart; what passes their sockets is counted.
 */
public final class HttpTraffic {
    private static final int TIMEOUT_MILLIS = 10_000;
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.1 (\\d{3}) ");

    private final int port;
    private final Map<String, Counters> clients = new ConcurrentHashMap<>();

    private record Counters(AtomicLong received, AtomicLong sent) {
        Counters() {
            this(new AtomicLong(), new AtomicLong());
        }
    }

    private HttpTraffic(int port) {
        this.port = port;
    }

    /** To whoever listens on {@code port} of 127.0.0.1. */
    public static HttpTraffic to(int port) {
        return new HttpTraffic(port);
    }

    /**
     * Asks for {@code bytes} on a connection of its own.
     *
     * @return the status code
     * @throws IOException if there was no whole answer, which is how pen refuses
     */
    public int get(String from, int bytes) throws IOException {
        try (Connection connection = open(from)) {
            return connection.get(bytes);
        }
    }

    /** A connection that stays until it is closed. */
    public Connection open(String from) throws IOException {
        Counters counters = clients.computeIfAbsent(from, f -> new Counters());
        Socket socket = new Socket();
        try {
            socket.bind(new InetSocketAddress(InetAddress.getByName(from), 0));
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MILLIS);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            return new Connection(new HttpWire(socket, counters.received(), counters.sent()));
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /** Bytes sent by the client at {@code from}. */
    public long sent(String from) {
        return clients.getOrDefault(from, new Counters()).sent().get();
    }

    /** Bytes received by the client at {@code from}. */
    public long received(String from) {
        return clients.getOrDefault(from, new Counters()).received().get();
    }

    /** Bytes sent by all clients. */
    public long sent() {
        return clients.keySet().stream().mapToLong(this::sent).sum();
    }

    /** Bytes received by all clients. */
    public long received() {
        return clients.keySet().stream().mapToLong(this::received).sum();
    }

    /** One kept connection of one client. */
    public static final class Connection implements AutoCloseable {
        private final HttpWire wire;

        private Connection(HttpWire wire) {
            this.wire = wire;
        }

        /** Asks for {@code bytes} and waits for them; returns the status code. */
        public int get(int bytes) throws IOException {
            return post(0, bytes);
        }

        /** Sends {@code upload} bytes with the request, too. */
        public int post(int upload, int bytes) throws IOException {
            wire.send((upload == 0 ? "GET" : "POST") + " /" + bytes + " HTTP/1.1\r\nHost: pen", upload);
            String head = wire.head();
            Matcher m = STATUS.matcher(head);
            if (!m.lookingAt()) {
                throw new IOException(head.isEmpty() ? "closed without an answer" : "not an answer: " + head);
            }
            wire.skipBody(head);
            return Integer.parseInt(m.group(1));
        }

        /** Sends so many bytes, and does not wait for what becomes of them. */
        public void upload(int bytes) throws IOException {
            wire.send("POST /0 HTTP/1.1\r\nHost: pen", bytes);
        }

        @Override
        public void close() throws IOException {
            wire.close();
        }
    }
}
