package io.github.penagent.web;

import io.github.bucket4j.Bucket;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.MIMEHeader;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What stands before everything that changes something. */
final class AdminGate {
    private static final Logger log = LoggerFactory.getLogger(AdminGate.class);
    private static final String PLAIN = "text/plain; charset=utf-8";
    private static final String WHO = "who";

    /** So long a wrong token waits: guessing is slow, and 64 connections bound how many guess at once. */
    private static final Duration GUESS = Duration.ofSeconds(1);

    private final Vertx vertx;
    private final Gatekeeper gatekeeper;
    private final Consumer<RoutingContext> refused;
    private final Loudness strangers = new Loudness(log);

    /** @param refused is told of requests that are answered with 401 */
    AdminGate(Vertx vertx, Gatekeeper gatekeeper, Consumer<RoutingContext> refused) {
        this.vertx = vertx;
        this.gatekeeper = gatekeeper;
        this.refused = refused;
    }

    /** Who it is that the request comes from, once {@link #known} has let it pass. */
    static String who(RoutingContext context) {
        return String.valueOf(context.<String>get(WHO));
    }

    /** One request, and the connection has served. */
    void oneOnly(RoutingContext context) {
        SecurityHeaders.on(context.response(), gatekeeper.access());
        context.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        Future<Void> read = context.request().end();
        context.addEndHandler(
                end -> read.onComplete(all -> context.request().connection().close()));
        context.next();
    }

    /**
     * No page of somebody else's may have a browser speak in the name of its user, whose password or certificate it adds unasked;
     * only browsers tell where a page came from.
     */
    static void noBrowser(RoutingContext context) {
        if (context.request().getHeader(HttpHeaders.ORIGIN) == null) {
            context.next();
        } else {
            end(context, 403, "this is not for pages in a browser");
        }
    }

    void known(RoutingContext context) {
        HttpServerRequest request = context.request();
        request.pause();
        gatekeeper.who(request).onComplete(who -> {
            request.resume();
            if (who.failed()) {
                busy(context);
            } else if (who.result().isPresent()) {
                context.put(WHO, who.result().get());
                context.next();
            } else {
                refuse(context);
            }
        });
    }

    private void refuse(RoutingContext context) {
        refused.accept(context);
        strangers
                .level(System.nanoTime())
                .addKeyValue("client", context.request().remoteAddress())
                .log("refused: no token or password, or a wrong one");
        vertx.setTimer(GUESS.toMillis(), later -> {
            if (!context.response().closed()) {
                gatekeeper.challenge().ifPresent(how -> context.response().putHeader("WWW-Authenticate", how));
                end(context, 401, "the token is missing or wrong");
            }
        });
    }

    /** Passes as many as the bucket allows. */
    static Handler<RoutingContext> allowed(Bucket allowance) {
        return context -> {
            if (allowance.tryConsume(1)) {
                context.next();
            } else {
                busy(context);
            }
        };
    }

    /** No page of somebody else's can make a browser send this type unasked. */
    static void json(RoutingContext context) {
        MIMEHeader type = context.parsedHeaders().contentType();
        boolean json =
                type.component().equals("application") && type.subComponent().equals("json");
        if (json && context.request().getHeader(HttpHeaders.CONTENT_ENCODING) == null) {
            context.next();
        } else {
            end(context, 415, "the body must be application/json, not compressed");
        }
    }

    static void empty(RoutingContext context) {
        HttpServerRequest request = context.request();
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        if (request.getHeader(HttpHeaders.TRANSFER_ENCODING) == null && (length == null || length.equals("0"))) {
            context.next();
        } else {
            end(context, 400, "the body must be empty");
        }
    }

    static void busy(RoutingContext context) {
        if (!context.response().ended()) {
            context.response().putHeader(HttpHeaders.RETRY_AFTER, "1");
        }
        end(context, 503, "too busy; send it again");
    }

    static void failed(RoutingContext context) {
        log.atError().setCause(context.failure()).log("unexpected error");
        end(context, 500, "this cannot be answered");
    }

    static void end(RoutingContext context, int status, String words) {
        end(context, status, PLAIN, words + "\n");
    }

    static void end(RoutingContext context, int status, String type, String body) {
        HttpServerResponse response = context.response();
        if (!response.ended() && !response.closed()) {
            response.setStatusCode(status).putHeader(HttpHeaders.CONTENT_TYPE, type);
            response.end(body);
        }
    }
}
