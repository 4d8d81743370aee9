package io.github.penagent.web;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.time.Duration;
import java.util.Optional;

/**
 * The listener that changes things. Few know it and none is in a hurry, so it is narrow: one request per connection, few
 * connections, little time.
 */
public final class AdminServer {
    private static final int MAX_HEADER_BYTES = 8 * 1024;
    private static final int MAX_LINE_BYTES = 2 * 1024;
    private static final int MAX_CONNECTIONS = 64;

    /** Headers, body, waiting and answer together. */
    private static final Duration CONNECTION = Duration.ofSeconds(10);

    private final Vertx vertx;
    private final Context loop;
    private final HttpServer server;
    private final AccessWatch watch;
    private final ListenAddress bound;

    /** Only on the listener's own thread. */
    private int connections;

    /** On the thread that will serve. */
    private AdminServer(Vertx vertx, AdminSettings settings, AdminSources sources) {
        this.vertx = vertx;
        bound = settings.listen();
        loop = vertx.getOrCreateContext();
        Gatekeeper gatekeeper = new Gatekeeper(vertx, settings.access());
        server = vertx.createHttpServer(options(settings))
                .connectionHandler(this::limit)
                .requestHandler(AdminRoutes.router(vertx, gatekeeper, sources));
        watch = new AccessWatch(vertx, "admin", settings.source(), server, gatekeeper, Access::demandsProof);
        watch.begin();
    }

    /** Binds; fails with the reason if that address, or a certificate, cannot be used. */
    public static Future<AdminServer> listen(Vertx vertx, AdminSettings settings, AdminSources sources) {
        Promise<AdminServer> listening = Promise.promise();
        vertx.getOrCreateContext().runOnContext(here -> {
            try {
                AdminServer admin = new AdminServer(vertx, settings, sources);
                admin.server.listen().map(admin).onComplete(listening);
            } catch (RuntimeException e) {
                listening.fail(e);
            }
        });
        return listening.future();
    }

    private static HttpServerOptions options(AdminSettings settings) {
        HttpServerOptions options = new HttpServerOptions()
                .setHost(settings.listen().host())
                .setPort(settings.listen().port())
                .setMaxHeaderSize(MAX_HEADER_BYTES)
                .setMaxInitialLineLength(MAX_LINE_BYTES)
                // Otherwise a connection would be none before its first byte.
                .setHttp2ClearTextEnabled(false);
        settings.access().tls().ifPresent(tls -> Tls.turnOn(options, tls));
        return options;
    }

    /**
     * Puts other settings in force, for requests and connections to come; all but the address.
     *
     * @return what could not be put in force, if anything
     */
    public Future<Optional<String>> update(AdminSettings wanted) {
        Promise<Optional<String>> done = Promise.promise();
        loop.runOnContext(here -> watch.turnTo(wanted.source())
                .map(problem -> wanted.listen().equals(bound) ? problem : Optional.of(WebServer.moved(bound, problem)))
                .onComplete(done));
        return done.future();
    }

    /** Whether the files that say who may enter were in order when they were last looked at. */
    public boolean accessInOrder() {
        return watch.good();
    }

    private void limit(HttpConnection connection) {
        if (connections >= MAX_CONNECTIONS) {
            connection.close();
            return;
        }
        connections++;
        long timer = vertx.setTimer(CONNECTION.toMillis(), late -> Severing.close(connection));
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
