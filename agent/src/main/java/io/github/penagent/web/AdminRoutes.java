package io.github.penagent.web;

import io.github.bucket4j.Bucket;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.MIMEHeader;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.ext.web.handler.TimeoutHandler;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everything that changes something. A sender that has to try again is told 503, the only answer besides other 5xx after which
 * Alertmanager does.
 */
final class AdminRoutes {
    private static final Logger log = LoggerFactory.getLogger(AdminRoutes.class);

    private static final String ALERTS = "/api/v1/alerts";
    private static final String PLAIN = "text/plain; charset=utf-8";
    private static final String BEARER = "Bearer ";
    private static final long MAX_BODY = 1024 * 1024;

    /** So long a wrong token waits: guessing is slow, and 64 connections bound how many guess at once. */
    private static final Duration GUESS = Duration.ofSeconds(1);

    private static final Duration REQUEST = Duration.ofSeconds(5);

    /** A fleet that fails at once, and what a few Alertmanagers repeat. */
    private static final int BURST = 500;

    private static final int PER_SECOND = 50;

    private static final Map<Integer, String> MISTAKES = Map.of(
            404, "there is nothing here",
            405, "this path is for POST",
            408, "the request took too long",
            413, "the body must be at most " + MAX_BODY + " bytes");

    private final Vertx vertx;
    private final Optional<Secret> token;
    private final AdminSources sources;
    private final Loudness strangers = new Loudness(log);
    private final Loudness malformed = new Loudness(log);
    private final Loudness truncated = new Loudness(log);
    private final Bucket allowance = Bucket.builder()
            .addLimit(limit -> limit.capacity(BURST).refillGreedy(PER_SECOND, Duration.ofSeconds(1)))
            .build();

    private AdminRoutes(Vertx vertx, AdminSettings settings, AdminSources sources) {
        this.vertx = vertx;
        this.token = settings.token();
        this.sources = sources;
    }

    static Router router(Vertx vertx, AdminSettings settings, AdminSources sources) {
        AdminRoutes routes = new AdminRoutes(vertx, settings, sources);
        Router router = Router.router(vertx);
        router.route().handler(TimeoutHandler.create(REQUEST.toMillis(), 408));
        router.route().handler(routes::oneOnly).handler(routes::known);
        router.post(ALERTS).handler(routes::counted).handler(routes::allowed).handler(AdminRoutes::json);
        router.post(ALERTS).handler(BodyHandler.create(false).setBodyLimit(MAX_BODY));
        router.post(ALERTS).handler(routes::alerts);
        MISTAKES.forEach((status, words) -> router.errorHandler(status, context -> end(context, status, words)));
        router.errorHandler(500, AdminRoutes::failed);
        return router;
    }

    /** One request, and the connection has served. */
    private void oneOnly(RoutingContext context) {
        HttpServerResponse response = context.response();
        response.putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE)
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        Future<Void> read = context.request().end();
        context.addEndHandler(
                end -> read.onComplete(all -> context.request().connection().close()));
        context.next();
    }

    private void known(RoutingContext context) {
        String given = String.valueOf(context.request().getHeader(HttpHeaders.AUTHORIZATION));
        boolean right = token.isEmpty()
                || (given.regionMatches(true, 0, BEARER, 0, BEARER.length())
                        && token.get().matches(given.substring(BEARER.length()).strip()));
        if (right) {
            context.next();
            return;
        }
        if (context.request().path().equals(ALERTS)) {
            sources.answered().accept(401);
        }
        strangers
                .level(System.nanoTime())
                .addKeyValue("client", context.request().remoteAddress())
                .log("refused: no token, or a wrong one");
        vertx.setTimer(GUESS.toMillis(), later -> {
            if (!context.response().closed()) {
                context.response().putHeader("WWW-Authenticate", "Bearer realm=\"pen-agent\"");
                end(context, 401, "the token is missing or wrong");
            }
        });
    }

    private void counted(RoutingContext context) {
        context.addEndHandler(
                end -> sources.answered().accept(context.response().getStatusCode()));
        context.next();
    }

    private void allowed(RoutingContext context) {
        if (allowance.tryConsume(1)) {
            context.next();
        } else {
            busy(context);
        }
    }

    /** No page of somebody else's can make a browser send this type unasked. */
    private static void json(RoutingContext context) {
        MIMEHeader type = context.parsedHeaders().contentType();
        boolean json =
                type.component().equals("application") && type.subComponent().equals("json");
        if (json && context.request().getHeader(HttpHeaders.CONTENT_ENCODING) == null) {
            context.next();
        } else {
            end(context, 415, "the body must be application/json, not compressed");
        }
    }

    private void alerts(RoutingContext context) {
        AlertMessage message;
        try {
            Buffer body = context.body().buffer();
            message = AlertMessage.parse(body == null ? Buffer.buffer() : body);
        } catch (IllegalArgumentException e) {
            malformed
                    .level(System.nanoTime())
                    .addKeyValue("err", e.getMessage())
                    .log("refused a message with alerts");
            end(context, 400, String.valueOf(e.getMessage()));
            return;
        }
        if (message.truncated() > 0) {
            truncated
                    .level(System.nanoTime())
                    .addKeyValue("alerts", message.truncated())
                    .log("Alertmanager left alerts out of a message; set max_alerts to 0");
        }
        Optional<CompletionStage<Map<String, Integer>>> heard = sources.alerts().apply(message.alerts());
        if (heard.isEmpty()) {
            busy(context);
            return;
        }
        heard.get()
                .whenComplete((outcomes, error) -> vertx.runOnContext(now -> {
                    if (error != null) {
                        busy(context);
                    } else if (!context.response().ended()) {
                        context.response().putHeader(HttpHeaders.CONTENT_TYPE, "application/json");
                        context.response().end(new JsonObject(Map.copyOf(outcomes)).encode());
                    }
                }));
    }

    private static void busy(RoutingContext context) {
        if (!context.response().ended()) {
            context.response().putHeader(HttpHeaders.RETRY_AFTER, "1");
        }
        end(context, 503, "too busy; send it again");
    }

    private static void failed(RoutingContext context) {
        log.atError().setCause(context.failure()).log("unexpected error");
        end(context, 500, "this cannot be answered");
    }

    private static void end(RoutingContext context, int status, String words) {
        HttpServerResponse response = context.response();
        if (!response.ended()) {
            response.setStatusCode(status).putHeader(HttpHeaders.CONTENT_TYPE, PLAIN);
            response.end(words + "\n");
        }
    }
}
