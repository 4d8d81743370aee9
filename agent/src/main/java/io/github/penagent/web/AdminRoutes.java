package io.github.penagent.web;

import static io.github.penagent.web.AdminGate.end;

import io.github.bucket4j.Bucket;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Route;
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
    private static final String JSON = "application/json";
    private static final long MAX_BODY = 1024 * 1024;

    private static final Duration REQUEST = Duration.ofSeconds(5);

    /** A fleet that fails at once, and what a few Alertmanagers repeat. */
    private static final int BURST = 500;

    private static final int PER_SECOND = 50;

    private static final Map<Integer, String> MISTAKES = Map.of(
            404, "there is nothing here",
            405, "this path is for another method",
            408, "the request took too long",
            413, "the body must be at most " + MAX_BODY + " bytes");

    private final Vertx vertx;
    private final AdminSources sources;
    private final Loudness malformed = new Loudness(log);
    private final Loudness truncated = new Loudness(log);

    private AdminRoutes(Vertx vertx, AdminSources sources) {
        this.vertx = vertx;
        this.sources = sources;
    }

    static Router router(Vertx vertx, Gatekeeper gatekeeper, AdminSources sources) {
        AdminRoutes routes = new AdminRoutes(vertx, sources);
        AdminGate gate = new AdminGate(vertx, gatekeeper, routes::refused);
        Router router = Router.router(vertx);
        router.route().handler(TimeoutHandler.create(REQUEST.toMillis(), 408));
        router.route().handler(gate::oneOnly).handler(AdminGate::noBrowser).handler(gate::known);
        router.post(ALERTS).handler(routes::counted).handler(AdminGate.allowed(bucket(BURST, PER_SECOND)));
        withJson(router, HttpMethod.POST, ALERTS).handler(routes::alerts);
        new WishRoutes(vertx, sources).on(router);
        MISTAKES.forEach((status, words) -> router.errorHandler(status, context -> end(context, status, words)));
        router.errorHandler(500, AdminGate::failed);
        return router;
    }

    static Bucket bucket(int burst, int perSecond) {
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(burst).refillGreedy(perSecond, Duration.ofSeconds(1)))
                .build();
    }

    /** The body is kept only after everything else was found right. */
    static Route withJson(Router router, HttpMethod method, String path) {
        router.route(method, path).handler(AdminGate::json);
        router.route(method, path).handler(BodyHandler.create(false).setBodyLimit(MAX_BODY));
        return router.route(method, path);
    }

    static Buffer body(RoutingContext context) {
        Buffer body = context.body().buffer();
        return body == null ? Buffer.buffer() : body;
    }

    private void refused(RoutingContext context) {
        if (context.request().path().equals(ALERTS)) {
            sources.answered().accept(401);
        }
    }

    private void counted(RoutingContext context) {
        context.addEndHandler(
                end -> sources.answered().accept(context.response().getStatusCode()));
        context.next();
    }

    private void alerts(RoutingContext context) {
        AlertMessage message;
        try {
            message = AlertMessage.parse(body(context));
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
            AdminGate.busy(context);
            return;
        }
        heard.get()
                .whenComplete((outcomes, error) -> vertx.runOnContext(now -> {
                    if (error != null) {
                        AdminGate.busy(context);
                    } else {
                        end(context, 200, JSON, new JsonObject(Map.copyOf(outcomes)).encode());
                    }
                }));
    }
}
