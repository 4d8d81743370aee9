package io.github.penagent.web;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The read-only listener. */
public final class WebServer {
    private static final int MAX_HEADER_BYTES = 8 * 1024;
    private static final int MAX_LINE_BYTES = 8 * 1024;
    private static final Duration IDLE = Duration.ofSeconds(60);

    /** A page of metrics shrinks eleven times at the cheapest level; the others cost more than they save. */
    private static final int GZIP_LEVEL = 1;

    private final HttpServer server;

    private WebServer(HttpServer server) {
        this.server = server;
    }

    /** Binds; fails with the operating system's reason if that address cannot be had. */
    public static Future<WebServer> listen(Vertx vertx, WebSettings settings, Sources sources) {
        HttpServerOptions options = new HttpServerOptions()
                .setHost(settings.host())
                .setPort(settings.port())
                .setMaxHeaderSize(MAX_HEADER_BYTES)
                .setMaxInitialLineLength(MAX_LINE_BYTES)
                .setIdleTimeout((int) IDLE.toSeconds())
                .setIdleTimeoutUnit(TimeUnit.SECONDS)
                .setCompressionSupported(true)
                .setCompressionLevel(GZIP_LEVEL);
        return vertx.createHttpServer(options)
                .requestHandler(ReadRoutes.router(vertx, sources, settings))
                .listen()
                .map(WebServer::new);
    }

    /** The port in use, also where a free one was asked for. */
    public int port() {
        return server.actualPort();
    }

    /** Takes no new requests and ends those under way. */
    public Future<Void> close() {
        return server.close();
    }
}
