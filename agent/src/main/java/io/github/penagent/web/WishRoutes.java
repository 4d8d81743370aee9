package io.github.penagent.web;

import static io.github.penagent.web.AdminGate.end;
import static io.github.penagent.web.AdminGate.who;

import io.github.bucket4j.Bucket;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/** What people change by hand. Each of it is logged with the name of who did it, also if it failed. */
final class WishRoutes {
    private static final Logger log = LoggerFactory.getLogger(WishRoutes.class);
    private static final String HOLDS = "/api/v1/pens/:name/holds/:address";
    private static final String KILL_SWITCH = "/api/v1/kill-switch";
    private static final String RELOAD = "/-/reload";
    private static final String JSON = "application/json";

    /** A person with a script. Not shared with alerts, whose flood must not keep anybody from ending it. */
    private static final int BURST = 60;

    private static final int PER_SECOND = 5;

    private final Vertx vertx;
    private final AdminSources sources;

    WishRoutes(Vertx vertx, AdminSources sources) {
        this.vertx = vertx;
        this.sources = sources;
    }

    void on(Router router) {
        Bucket bucket = AdminRoutes.bucket(BURST, PER_SECOND);
        Handler<RoutingContext> allowed = AdminGate.allowed(bucket);
        router.put(HOLDS).handler(allowed);
        AdminRoutes.withJson(router, HttpMethod.PUT, HOLDS).handler(this::hold);
        router.delete(HOLDS).handler(allowed).handler(AdminGate::empty).handler(this::unhold);
        router.post(KILL_SWITCH).handler(allowed).handler(AdminGate::empty).handler(c -> killSwitch(c, true));
        router.delete(KILL_SWITCH).handler(allowed).handler(AdminGate::empty).handler(c -> killSwitch(c, false));
        router.post(RELOAD).handler(allowed).handler(AdminGate::empty).handler(this::reload);
        router.put(RELOAD).handler(allowed).handler(AdminGate::empty).handler(this::reload);
    }

    private void hold(RoutingContext context) {
        PostedHold hold;
        Instant now = Instant.now();
        try {
            hold = PostedHold.parse(AdminRoutes.body(context), who(context), now);
        } catch (IllegalArgumentException e) {
            end(context, 400, String.valueOf(e.getMessage()));
            return;
        }
        String pen = context.pathParam("name");
        String address = context.pathParam("address");
        PostedHold signed = hold.signed(who(context));
        Instant until = now.plus(hold.length()).truncatedTo(ChronoUnit.SECONDS);
        LoggingEventBuilder record = record(context, "a backend is held")
                .addKeyValue("pen", pen)
                .addKeyValue("address", address)
                .addKeyValue("kind", hold.kind().label())
                .addKeyValue("owner", hold.owner())
                .addKeyValue("reason", hold.reason())
                .addKeyValue("until", until);
        answer(
                context,
                record,
                sources.wishes().hold(pen, address, signed),
                Map.of("hold", hold.kind().label(), "until", until.toString()));
    }

    private void unhold(RoutingContext context) {
        String pen = context.pathParam("name");
        String address = context.pathParam("address");
        answer(
                context,
                record(context, "a backend is held no more")
                        .addKeyValue("pen", pen)
                        .addKeyValue("address", address),
                sources.wishes().unhold(pen, address),
                Map.of("hold", "none"));
    }

    private void killSwitch(RoutingContext context, boolean on) {
        answer(
                context,
                record(context, on ? "kill switch: all pens are only observed" : "kill switch lifted"),
                sources.wishes().killSwitch(on),
                Map.of("killSwitch", on));
    }

    private void reload(RoutingContext context) {
        LoggingEventBuilder record = record(context, "reload wanted");
        then(sources.reload().get(), (problem, error) -> {
            String why = error != null ? String.valueOf(error.getMessage()) : problem.orElse("");
            if (error == null && problem.isEmpty()) {
                record.log();
                end(context, 200, "reloaded");
            } else {
                record.addKeyValue("err", why).log();
                end(context, 500, why);
            }
        });
    }

    private static LoggingEventBuilder record(RoutingContext context, String what) {
        return log.atInfo()
                .setMessage(what)
                .addKeyValue("who", who(context))
                .addKeyValue("client", context.request().remoteAddress());
    }

    private void answer(
            RoutingContext context,
            LoggingEventBuilder record,
            CompletionStage<Change> wish,
            Map<String, Object> good) {
        then(wish, (change, error) -> {
            if (error != null) {
                record.addKeyValue("err", error.getMessage()).log();
                end(context, 500, "this could not be done in time");
            } else if (change instanceof Change.Unknown unknown) {
                end(context, 404, unknown.what());
            } else if (change instanceof Change.Failed failed) {
                record.addKeyValue("err", failed.why()).log();
                end(context, 500, failed.why());
            } else {
                record.log();
                end(context, 200, JSON, new JsonObject(good).encode());
            }
        });
    }

    private <T> void then(CompletionStage<T> stage, BiConsumer<T, Throwable> end) {
        stage.whenComplete((value, error) -> vertx.runOnContext(now -> end.accept(value, error)));
    }
}
