package io.github.penagent.web;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The read-only listener. */
public final class WebServer {
    private static final int MAX_HEADER_BYTES = 8 * 1024;
    private static final int MAX_LINE_BYTES = 8 * 1024;

    /** Of each connection. With the megabytes that the kernel would give, a large page is in nobody's cache when it is read again. */
    private static final int SEND_BUFFER_BYTES = 256 * 1024;

    private static final int MAX_CONNECTIONS = 2_048;
    private static final Duration IDLE = Duration.ofSeconds(90);
    private static final Duration SWEEP = Duration.ofMillis(250);

    /** Part of the heap for answers that are on their way. */
    private static final int SHARE_OF_HEAP = 8;

    private static final long MIN_OUTBOX_BYTES = 4L * 1024 * 1024;

    /** A page of metrics shrinks eleven times at the cheapest level; the others cost more than they save. */
    private static final int GZIP_LEVEL = 1;

    private final Context loop;
    private final HttpServer server;
    private final Gatekeeper gatekeeper;
    private final AccessWatch watch;
    private final ListenAddress bound;
    private volatile WebSettings settings;

    /** On the thread that will serve. */
    private WebServer(Vertx vertx, WebSettings settings, Sources sources) {
        this.settings = settings;
        bound = settings.listen();
        loop = vertx.getOrCreateContext();
        gatekeeper = new Gatekeeper(vertx, settings.access());
        Visitors visitors = new Visitors(MAX_CONNECTIONS, System::nanoTime);
        Outbox outbox = new Outbox(
                Math.max(MIN_OUTBOX_BYTES, Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP), System::nanoTime);
        server = vertx.createHttpServer(options(settings))
                .connectionHandler(visitors::arrived)
                .requestHandler(new ReadGate(
                        vertx,
                        gatekeeper,
                        visitors,
                        outbox,
                        ReadRoutes.router(vertx, sources, () -> this.settings, outbox)));
        watch = new AccessWatch(vertx, "web", settings.source(), server, gatekeeper, any -> true);
        vertx.setPeriodic(SWEEP.toMillis(), tick -> {
            visitors.sweep();
            outbox.sweep();
        });
        watch.begin();
    }

    /** Binds; fails with the reason if that address cannot be had, or a certificate not be used. */
    public static Future<WebServer> listen(Vertx vertx, WebSettings settings, Sources sources) {
        Promise<WebServer> listening = Promise.promise();
        vertx.getOrCreateContext().runOnContext(here -> {
            try {
                WebServer web = new WebServer(vertx, settings, sources);
                web.server.listen().map(web).onComplete(listening);
            } catch (RuntimeException e) {
                listening.fail(e);
            }
        });
        return listening.future();
    }

    private static HttpServerOptions options(WebSettings settings) {
        HttpServerOptions options = new HttpServerOptions()
                .setHost(settings.listen().host())
                .setPort(settings.listen().port())
                .setMaxHeaderSize(MAX_HEADER_BYTES)
                .setMaxInitialLineLength(MAX_LINE_BYTES)
                .setSendBufferSize(SEND_BUFFER_BYTES)
                .setIdleTimeout((int) IDLE.toSeconds())
                .setIdleTimeoutUnit(TimeUnit.SECONDS)
                // Otherwise a connection would be none before its first byte.
                .setHttp2ClearTextEnabled(false)
                .setCompressionSupported(true)
                .setCompressionLevel(GZIP_LEVEL);
        settings.access().tls().ifPresent(tls -> Tls.turnOn(options, tls));
        return options;
    }

    /**
     * Puts other settings in force, for requests and connections to come; all but the address. Certificates, users and headers come
     * from the files that they name.
     *
     * @return what could not be put in force, if anything
     */
    public Future<Optional<String>> update(WebSettings wanted) {
        Promise<Optional<String>> done = Promise.promise();
        loop.runOnContext(here -> {
            settings = wanted;
            watch.turnTo(wanted.source())
                    .map(problem -> wanted.listen().equals(bound) ? problem : Optional.of(moved(bound, problem)))
                    .onComplete(done);
        });
        return done.future();
    }

    static String moved(ListenAddress bound, Optional<String> problem) {
        return "another address needs a restart, until which it is " + bound
                + problem.map(also -> "; " + also).orElse("");
    }

    /** Whether the files with certificates and users were in order when they were last looked at. */
    public boolean accessInOrder() {
        return watch.good();
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
