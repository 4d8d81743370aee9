package io.github.penagent.demo;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Answers {@code /healthz} at once and everything else after a moment, with a page of varying size. */
final class HttpBackend implements DemoBackend {
    private static final int MAX_BODY_BYTES = 24 * 1024;
    private static final int MIN_DELAY_MILLIS = 20;
    private static final int MAX_DELAY_MILLIS = 1_500;
    private static final int IDLE_SECONDS = 10;
    private static final Buffer PAGE = Buffer.buffer("pen".repeat(MAX_BODY_BYTES / 3));

    private final Vertx vertx;
    private final RandomGenerator random;
    private @Nullable HttpServer server;
    private int port;

    HttpBackend(Vertx vertx, RandomGenerator random) {
        this.vertx = vertx;
        this.random = random;
    }

    @Override
    public Future<Void> open() {
        HttpServer opened = vertx.createHttpServer(new HttpServerOptions().setIdleTimeout(IDLE_SECONDS))
                .requestHandler(this::handle);
        return opened.listen(port, "127.0.0.1").map(listening -> {
            server = opened;
            port = opened.actualPort();
            return null;
        });
    }

    @Override
    public Future<Void> close() {
        HttpServer closing = server;
        server = null;
        return closing == null ? Future.succeededFuture() : closing.close();
    }

    @Override
    public int port() {
        return port;
    }

    private void handle(HttpServerRequest request) {
        if (request.path().equals("/healthz")) {
            request.response().end("ok\n");
            return;
        }
        Buffer page = PAGE.slice(0, random.nextInt(1, MAX_BODY_BYTES));
        vertx.setTimer(random.nextInt(MIN_DELAY_MILLIS, MAX_DELAY_MILLIS), id -> answer(request, page));
    }

    private static void answer(HttpServerRequest request, Buffer page) {
        if (!request.response().closed()) {
            request.response().end(page);
        }
    }
}
