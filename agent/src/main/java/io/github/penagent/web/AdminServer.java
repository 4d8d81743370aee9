package io.github.penagent.web;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * The listener that changes things. Few know it and none is in a hurry, so it is narrow: one request per connection, few
 * connections, little time.
 */
public final class AdminServer {
    private static final int MAX_HEADER_BYTES = 8 * 1024;
    private static final int MAX_LINE_BYTES = 2 * 1024;
    private static final int MAX_CONNECTIONS = 64;
    private static final Duration HANDSHAKE = Duration.ofSeconds(5);

    /** Headers, body, waiting and answer together. */
    private static final Duration CONNECTION = Duration.ofSeconds(10);

    private final Vertx vertx;
    private final HttpServer server;

    /** Only on the listener's own thread. */
    private int connections;

    private AdminServer(Vertx vertx, AdminSettings settings, AdminSources sources) {
        this.vertx = vertx;
        server = vertx.createHttpServer(options(settings))
                .connectionHandler(this::limit)
                .requestHandler(AdminRoutes.router(vertx, settings, sources));
    }

    /** Binds; fails with the reason if that address, or a file for TLS, cannot be used. */
    public static Future<AdminServer> listen(Vertx vertx, AdminSettings settings, AdminSources sources) {
        AdminServer admin = new AdminServer(vertx, settings, sources);
        return admin.server.listen().map(admin);
    }

    private static HttpServerOptions options(AdminSettings settings) {
        HttpServerOptions options = new HttpServerOptions()
                .setHost(settings.host())
                .setPort(settings.port())
                .setMaxHeaderSize(MAX_HEADER_BYTES)
                .setMaxInitialLineLength(MAX_LINE_BYTES)
                // Otherwise a connection would be none before its first byte.
                .setHttp2ClearTextEnabled(false);
        settings.tls().ifPresent(tls -> secure(options, tls));
        return options;
    }

    private static void secure(HttpServerOptions options, TlsSettings tls) {
        options.setSsl(true)
                .setUseAlpn(false)
                .setSslHandshakeTimeout(HANDSHAKE.toSeconds())
                .setSslHandshakeTimeoutUnit(TimeUnit.SECONDS)
                .setKeyCertOptions(new PemKeyCertOptions()
                        .setCertPath(tls.certificate().toString())
                        .setKeyPath(tls.key().toString()));
        tls.clientAuthorities().ifPresent(authorities -> options.setClientAuth(ClientAuth.REQUIRED)
                .setTrustOptions(new PemTrustOptions().addCertPath(authorities.toString())));
    }

    private void limit(HttpConnection connection) {
        if (connections >= MAX_CONNECTIONS) {
            connection.close();
            return;
        }
        connections++;
        long timer = vertx.setTimer(CONNECTION.toMillis(), late -> connection.close());
        connection.closeHandler(closed -> {
            connections--;
            vertx.cancelTimer(timer);
        });
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
