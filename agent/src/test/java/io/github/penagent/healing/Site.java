package io.github.penagent.healing;

import static org.awaitility.Awaitility.await;

import io.github.penagent.peers.HttpBackend;
import io.github.penagent.peers.OpenLoad;
import io.github.penagent.peers.OpenLoad.Request;
import io.github.penagent.peers.RealPen;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A pen with backends of its own and clients that never rest. */
final class Site implements AutoCloseable {
    static final int PER_SECOND = 100;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    final RealPen pen;
    private final List<HttpBackend> backends;
    private final List<OpenLoad> loads = new ArrayList<>();

    private Site(RealPen.Builder pen, List<HttpBackend> backends) {
        backends.forEach(pen::backend);
        this.backends = new ArrayList<>(backends);
        this.pen = pen.start();
    }

    /** Round robin, so that every backend has its share of the traffic. */
    static Site of(int backends, String... options) {
        return new Site(
                RealPen.with().options("-r").options(options),
                Stream.generate(HttpBackend::start).limit(backends).toList());
    }

    /** The same, to be asked and told things through a socket. */
    static Site withControlSocket(int backends) {
        return new Site(
                RealPen.with().options("-r").controlOnSocket(),
                Stream.generate(HttpBackend::start).limit(backends).toList());
    }

    /** With clients, from now on. */
    Site underLoad() {
        return underLoad(PER_SECOND);
    }

    Site underLoad(int perSecond) {
        loads.add(OpenLoad.on(pen, perSecond));
        return this;
    }

    OpenLoad load() {
        return loads.get(0);
    }

    HttpBackend backend(int slot) {
        return backends.get(slot);
    }

    String address(int slot) {
        return "127.0.0.1:" + backend(slot).port();
    }

    /** From now on connects to it are refused. */
    void kill(int slot) {
        backend(slot).close();
    }

    /** A new one on the same port. */
    void restart(int slot) {
        backends.set(slot, HttpBackend.on(backend(slot).port()));
    }

    /** Requests that this backend answered, begun at or after {@code millis}. */
    List<Request> servedBy(int slot, long millis) {
        int port = backend(slot).port();
        return load().requests(request -> request.servedBy() == port && request.begunMillis() >= millis);
    }

    /** When the first request begun at or after {@code millis} was answered by this backend. */
    long awaitServedBy(int slot, long millis, Duration limit) {
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
    Site awaitTraffic() {
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
