package io.github.penagent.peers;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * So many requests a second to one port, each on a connection of its own, whether or not the ones before were answered: as
 * clients of the world come. What became of each is kept.
 */
public final class OpenLoad implements AutoCloseable {
    /** Clients give up by then. */
    public static final int PATIENCE_MILLIS = 2_000;

    private static final byte[] REQUEST =
            "GET /100 HTTP/1.1\r\nHost: pen\r\nConnection: close\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1);
    private static final Pattern ANSWER = Pattern.compile("(?s)HTTP/1\\.1 (\\d{3}) .*?\r\nServed-By: (\\d+)\r\n.*");

    private final int port;
    private final int addresses;
    private final AtomicInteger bound = new AtomicInteger();
    private final Queue<Request> done = new ConcurrentLinkedQueue<>();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final ExecutorService clients = Executors.newCachedThreadPool();

    /**
     * One that has ended.
     *
     * @param begunMillis unix time, as in audit records
     * @param status 0 if there was no answer
     * @param servedBy the port of the backend, 0 if there was no answer
     */
    public record Request(long begunMillis, long endedMillis, int status, int servedBy) {
        public boolean served() {
            return status == 200;
        }
    }

    private OpenLoad(int port, int perSecond, int addresses) {
        this.port = port;
        this.addresses = addresses;
        long period = TimeUnit.SECONDS.toNanos(1) / perSecond;
        clock.scheduleAtFixedRate(() -> clients.execute(this::request), 0, period, TimeUnit.NANOSECONDS);
    }

    /** Begins at once. */
    public static OpenLoad on(RealPen pen, int perSecond) {
        return on(pen, perSecond, 1);
    }

    /** From so many loopback addresses in turn, so that pen tells as many clients apart. */
    public static OpenLoad on(RealPen pen, int perSecond, int addresses) {
        return new OpenLoad(pen.listenPort(), perSecond, addresses);
    }

    private InetSocketAddress nextAddress() {
        byte last = (byte) (1 + bound.getAndIncrement() % addresses);
        try {
            return new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, last}), 0);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    private void request() {
        long begun = System.currentTimeMillis();
        Matcher answer = ANSWER.matcher(answer());
        boolean answered = answer.matches();
        int status = answered ? Integer.parseInt(answer.group(1)) : 0;
        int servedBy = answered ? Integer.parseInt(answer.group(2)) : 0;
        done.add(new Request(begun, System.currentTimeMillis(), status, servedBy));
    }

    private String answer() {
        try (Socket socket = new Socket()) {
            if (addresses > 1) {
                // A port that is bound is used up for a minute, whoever it was connected to: nothing for many requests.
                socket.bind(nextAddress());
            }
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MILLIS);
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream().write(REQUEST);
            // Head and body come in one piece.
            byte[] buffer = new byte[1_024];
            int read = socket.getInputStream().read(buffer);
            return new String(buffer, 0, Math.max(0, read), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }

    /** All that have ended by now. */
    public List<Request> requests() {
        return List.copyOf(done);
    }

    /** Those of them that are meant. */
    public List<Request> requests(Predicate<Request> which) {
        return done.stream().filter(which).toList();
    }

    /** Begins no more, and waits for those under way. */
    @Override
    public void close() {
        try {
            clock.shutdownNow();
            if (!clock.awaitTermination(10, TimeUnit.SECONDS)) {
                throw new AssertionError("the clock did not stop");
            }
            clients.shutdown();
            if (!clients.awaitTermination(10, TimeUnit.SECONDS)) {
                throw new AssertionError("requests did not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
