package io.github.penagent.web;

import io.github.penagent.fleet.PenState;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Everything that can be read. Nothing here changes anything, so only GET and HEAD exist. */
final class ReadRoutes {
    private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";
    private static final String OPEN_METRICS = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    private static final String PLAIN = "text/plain; charset=utf-8";
    private static final String JSON = "application/json";

    private final Vertx vertx;
    private final Sources sources;
    private final Supplier<WebSettings> settings;
    private final Outbox outbox;

    private ReadRoutes(Vertx vertx, Sources sources, Supplier<WebSettings> settings, Outbox outbox) {
        this.vertx = vertx;
        this.sources = sources;
        this.settings = settings;
        this.outbox = outbox;
    }

    /**
     * @param settings those in force
     * @param outbox through which all answers leave that may be long
     */
    static Router router(Vertx vertx, Sources sources, Supplier<WebSettings> settings, Outbox outbox) {
        ReadRoutes routes = new ReadRoutes(vertx, sources, settings, outbox);
        Router router = Router.router(vertx);
        StatusPage.routes(router, new LiveEvents(vertx, sources, settings));
        read(router, "/metrics", routes::metrics);
        read(router, "/probe", routes::probe);
        read(router, "/-/healthy", routes::healthy);
        read(router, "/-/ready", routes::ready);
        read(router, "/sd/targets", routes::targets);
        read(router, "/config", c -> routes.end(c, 200, JSON, sources.config().get()));
        read(router, "/api/v1/pens", routes::pens);
        read(router, "/api/v1/pens/:name", routes::pen);
        read(router, "/api/v1/decisions", routes::decisions);
        return router;
    }

    private static void read(Router router, String path, Handler<RoutingContext> handler) {
        router.route(path).method(HttpMethod.GET).method(HttpMethod.HEAD).handler(handler);
    }

    private void metrics(RoutingContext context) {
        Set<String> pens = new TreeSet<>(context.queryParam("pen"));
        Set<String> unknown = new TreeSet<>(pens);
        if (!pens.isEmpty()) {
            unknown.removeAll(names());
        }
        if (unknown.isEmpty()) {
            page(context, pens);
        } else {
            end(context, 400, PLAIN, "pen: " + missing(unknown) + "\n");
        }
    }

    private String missing(Set<String> pens) {
        Others others = sources.others().get();
        return pens.stream().allMatch(others.owners()::containsKey)
                ? pens.stream().map(others::missing).collect(Collectors.joining(", "))
                : "no pen is called " + String.join(", ", pens);
    }

    private void probe(RoutingContext context) {
        List<String> targets = context.queryParam("target");
        if (targets.size() != 1) {
            end(context, 400, PLAIN, "target: must be given once, as the name of a configured pen\n");
            return;
        }
        String name = targets.get(0);
        Optional<CompletionStage<PenState>> fresh = sources.freshen().apply(name);
        if (fresh.isEmpty()) {
            end(context, 400, PLAIN, "target: " + sources.others().get().missing(name) + "\n");
            return;
        }
        // Whatever comes first: a page with the last state is worth more to the scraper than none in time.
        Runnable answer = once(() -> vertx.runOnContext(now -> {
            if (!context.response().ended() && !context.response().closed()) {
                page(context, Set.of(name));
            }
        }));
        long timer = ScrapeTimeout.millis(context.request().getHeader(ScrapeTimeout.HEADER))
                .map(millis -> vertx.setTimer(millis, late -> answer.run()))
                .orElse(-1L);
        fresh.get().whenComplete((state, error) -> {
            vertx.cancelTimer(timer);
            answer.run();
        });
    }

    private void page(RoutingContext context, Set<String> pens) {
        boolean openMetrics = Accept.prefersOpenMetrics(context.parsedHeaders().accept());
        boolean gzip = Accept.allowsGzip(context.parsedHeaders().acceptEncoding());
        ScrapeAnswer page = sources.metrics()
                .apply(new ScrapeRequest(
                        openMetrics, pens, new HashSet<>(context.queryParam("name[]")), gzip && !isHead(context)));
        context.response().putHeader(HttpHeaders.VARY, "Accept, Accept-Encoding");
        if (page.gzip()) {
            context.response().putHeader(HttpHeaders.CONTENT_ENCODING, "gzip");
        }
        end(context, 200, openMetrics ? OPEN_METRICS : TEXT, page.body());
    }

    private void healthy(RoutingContext context) {
        if (sources.alive().getAsBoolean()) {
            end(context, 200, PLAIN, "pen-agent is alive.\n");
        } else {
            end(context, 503, PLAIN, "Pens are not polled any more; the log says why.\n");
        }
    }

    private void ready(RoutingContext context) {
        if (sources.ready().getAsBoolean()) {
            end(context, 200, PLAIN, "pen-agent is ready.\n");
        } else {
            end(context, 503, PLAIN, "Not every pen was asked yet.\n");
        }
    }

    private void targets(RoutingContext context) {
        String host = Optional.ofNullable(context.request().authority())
                .map(Object::toString)
                .orElse(settings.get().listen().toString());
        List<String> members = sources.others().get().targets();
        JsonArray targets = members.isEmpty()
                ? new JsonArray().add(settings.get().advertise().orElse(host))
                : new JsonArray(members);
        JsonObject group = new JsonObject().put("targets", targets).put("labels", new JsonObject());
        end(context, 200, JSON, new JsonArray().add(group).encode());
    }

    private void pens(RoutingContext context) {
        JsonArray pens = new JsonArray();
        sources.pens()
                .get()
                .forEach(state -> pens.add(PenJson.of(state, settings.get().showClients())));
        JsonObject all = new JsonObject().put("pens", pens);
        Others others = sources.others().get();
        if (!others.targets().isEmpty()) {
            all.put("agents", new JsonArray(others.targets()))
                    .put("elsewhere", new JsonObject(new TreeMap<>(others.owners())));
        }
        end(context, 200, JSON, all.encode());
    }

    private void pen(RoutingContext context) {
        String name = context.pathParam("name");
        sources.pens().get().stream()
                .filter(state -> state.name().equals(name))
                .findFirst()
                .ifPresentOrElse(
                        state -> end(
                                context,
                                200,
                                JSON,
                                PenJson.of(state, settings.get().showClients()).encode()),
                        () -> end(context, 404, PLAIN, sources.others().get().missing(name) + "\n"));
    }

    private void decisions(RoutingContext context) {
        DecisionQuery query;
        try {
            query = DecisionQuery.of(context.queryParam("pen"), context.queryParam("limit"), names());
        } catch (IllegalArgumentException e) {
            end(context, 400, PLAIN, e.getMessage() + "\n");
            return;
        }
        JsonArray decisions = new JsonArray();
        query.from(sources.decisions().get()).forEach(row -> decisions.add(DecisionJson.of(row)));
        end(context, 200, JSON, new JsonObject().put("decisions", decisions).encode());
    }

    private Set<String> names() {
        return sources.pens().get().stream().map(PenState::name).collect(Collectors.toSet());
    }

    private static Runnable once(Runnable action) {
        java.util.concurrent.atomic.AtomicBoolean done = new java.util.concurrent.atomic.AtomicBoolean();
        return () -> {
            if (done.compareAndSet(false, true)) {
                action.run();
            }
        };
    }

    private void end(RoutingContext context, int status, String type, String body) {
        end(context, status, type, Unpooled.copiedBuffer(body, StandardCharsets.UTF_8));
    }

    private void end(RoutingContext context, int status, String type, ByteBuf body) {
        HttpServerResponse response =
                context.response().setStatusCode(status).putHeader(HttpHeaders.CONTENT_TYPE, type);
        if (isHead(context)) {
            response.putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.readableBytes()))
                    .end();
            body.release();
        } else {
            outbox.send(context.request(), body);
        }
    }

    private static boolean isHead(RoutingContext context) {
        return HttpMethod.HEAD.equals(context.request().method());
    }
}
