package io.github.penagent.peers;

import static org.awaitility.Awaitility.await;

import io.github.penagent.peers.OpenLoad.Request;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A pen with backends of its own and clients that never rest. */
public final class Site implements AutoCloseable {
    /** Requests, unless the test says otherwise. */
    public static final int PER_SECOND = 100;

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    public final RealPen pen;
    private final List<HttpBackend> backends;
    private final List<OpenLoad> loads = new ArrayList<>();

    private Site(RealPen.Builder pen, List<HttpBackend> backends, String limits) {
        backends.forEach(backend -> pen.backend("127.0.0.1:" + backend.port() + limits));
        this.backends = new ArrayList<>(backends);
        this.pen = pen.start();
    }

    /** Round robin, so that every backend has its share of the traffic. */
    public static Site of(int backends, String... options) {
        return new Site(RealPen.with().options("-r").options(options), started(backends), "");
    }

    /** The same, to be asked and told things through a socket. */
    public static Site withControlSocket(int backends) {
        return new Site(RealPen.with().options("-r").controlOnSocket(), started(backends), "");
    }

    /** The same, with a page that shows blacklists, and so many connections for each backend. */
    public static Site withStatusPage(int backends, int softLimit, int hardLimit) {
        return new Site(
                RealPen.with().options("-r").withStatusPage(), started(backends), ":" + softLimit + ":" + hardLimit);
    }

    private static List<HttpBackend> started(int backends) {
        return Stream.generate(HttpBackend::start).limit(backends).toList();
    }

    /** With clients, from now on. */
    public Site underLoad() {
        return underLoad(PER_SECOND);
    }

    public Site underLoad(int perSecond) {
        loads.add(OpenLoad.on(pen, perSecond));
        return this;
    }

    /** From so many addresses. */
    public Site underLoad(int perSecond, int addresses) {
        loads.add(OpenLoad.on(pen, perSecond, addresses));
        return this;
    }

    public OpenLoad load() {
        return loads.get(0);
    }

    public HttpBackend backend(int slot) {
        return backends.get(slot);
    }

    public String address(int slot) {
        return "127.0.0.1:" + backend(slot).port();
    }

    /** From now on connects to it are refused. */
    public void kill(int slot) {
        backend(slot).close();
    }

    /** A new one on the same port. */
    public void restart(int slot) {
        backends.set(slot, HttpBackend.on(backend(slot).port()));
    }

    /** Requests that this backend answered, begun at or after {@code millis}. */
    public List<Request> servedBy(int slot, long millis) {
        int port = backend(slot).port();
        return load().requests(request -> request.servedBy() == port && request.begunMillis() >= millis);
    }

    /** When the first request begun at or after {@code millis} was answered by this backend. */
    public long awaitServedBy(int slot, long millis, Duration limit) {
        return await("backend " + slot + " serves")
                .atMost(limit)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> servedBy(slot, millis), served -> !served.isEmpty())
                .stream()
                .mapToLong(Request::endedMillis)
                .min()
                .orElseThrow();
    }

    /** Returns when all backends answered. */
    public Site awaitTraffic() {
        long now = System.currentTimeMillis();
        for (int slot = 0; slot < backends.size(); slot++) {
            awaitServedBy(slot, now, PATIENCE);
        }
        return this;
    }

    @Override
    public void close() {
        pen.close();
        loads.forEach(OpenLoad::close);
        backends.forEach(HttpBackend::close);
    }
}
