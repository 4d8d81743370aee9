package io.github.penagent;

import io.github.penagent.config.Settings;
import io.github.penagent.fleet.Fleet;
import io.github.penagent.fleet.PenState;
import io.github.penagent.metrics.AgentMeters;
import io.github.penagent.metrics.Format;
import io.github.penagent.metrics.Page;
import io.github.penagent.penctl.Control;
import io.github.penagent.penctl.PenClient;
import io.github.penagent.penctl.Transport;
import io.github.penagent.poll.Clock;
import io.github.penagent.poll.Poller;
import io.github.penagent.poll.Target;
import io.github.penagent.poll.WarmUp;
import io.github.penagent.remediation.AlertRules;
import io.github.penagent.web.AdminServer;
import io.github.penagent.web.AdminSettings;
import io.github.penagent.web.AdminSources;
import io.github.penagent.web.DecisionRow;
import io.github.penagent.web.ScrapeRequest;
import io.github.penagent.web.Sources;
import io.github.penagent.web.WebServer;
import io.github.penagent.web.WebSettings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * The agent, put together. A datum's way: {@link Poller} asks through {@link PenClient}, {@link Fleet} compares, {@link
 * Page} renders, {@link WebServer} serves. A decision's way is in {@link Healing}.
 */
final class Agent implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Agent.class);

    /** One more than a machine that runs pens has to spare; a poll is a tenth of a millisecond. */
    private static final int CONTROL_THREADS = 1;

    private static final int WEB_THREADS = 1;
    private static final long STOP_SECONDS = 2;

    private final List<String> names;
    private final Vertx vertx;
    private final Transport transport;
    private final Page page = new Page();
    private final AgentMeters meters;
    private final Fleet fleet;
    private final Map<String, Control> controls = new HashMap<>();
    private final Poller poller;
    private @Nullable volatile Healing healing;
    private final WebServer web;
    private final Optional<AdminServer> admin;
    private final Disposable polling;

    private Agent(Settings settings, String config, Build build) throws StartFailure {
        names = settings.pens().stream().map(Target::name).toList();
        vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(WEB_THREADS));
        transport = Transport.create(CONTROL_THREADS);
        meters = new AgentMeters(build.version(), build.revision(), Clock.SYSTEM.instant());
        fleet = new Fleet(names, this::changed);
        Poller.Context context = new Poller.Context(
                fleet, settings.poll(), settings.recentClients(), Clock.SYSTEM, new Random(), meters);
        poller = new Poller(settings.pens(), target -> line(target, settings), context);
        try {
            healing = new Healing(settings, fleet, poller, controls, Clock.SYSTEM);
            web = listen(settings.web(), config, build);
            admin = admin(settings, healing);
            meters.webConfig(this::accessInOrder);
        } catch (StartFailure e) {
            closeHealing();
            end(vertx.close());
            transport.close();
            meters.close();
            throw e;
        }
        polling = WarmUp.run(transport, new Page()::changed)
                .then(Mono.when(poller.run(), healing.run()))
                .subscribe();
    }

    private void changed(PenState pen) {
        page.changed(pen);
        Healing present = healing;
        if (present != null) {
            present.changed(pen);
        }
    }

    private void closeHealing() {
        Healing present = healing;
        if (present != null) {
            present.close();
        }
    }

    /** Binds the listener, then starts to poll. */
    static Agent start(Settings settings, String config, Build build) throws StartFailure {
        Agent agent = new Agent(settings, config, build);
        log.atInfo()
                .addKeyValue("version", build.version())
                .addKeyValue("pens", settings.pens().size())
                .addKeyValue("listen", settings.web().listen().at(agent.webPort()))
                .addKeyValue("admin", agent.adminAddress(settings))
                .log("started");
        return agent;
    }

    private Poller.Line line(Target target, Settings settings) {
        PenClient client = transport.client(target.control(), settings.poll().deadline());
        controls.put(target.name(), client);
        return new Poller.Line(client, Schedulers.fromExecutorService(client.loop()));
    }

    private WebServer listen(WebSettings settings, String config, Build build) throws StartFailure {
        Sources sources = new Sources(
                this::render, fleet::states, this::freshen, this::decisions, fleet::allTried, config, build.version());
        return bound(
                WebServer.listen(vertx, settings, sources), "pen-agent.web.listen = \"" + settings.listen() + "\"");
    }

    private Optional<AdminServer> admin(Settings settings, Healing heals) throws StartFailure {
        if (settings.admin().isEmpty()) {
            return Optional.empty();
        }
        AdminSettings wanted = settings.admin().get();
        AlertRules rules = new AlertRules(settings.remediation().alerts(), Clock.SYSTEM::instant);
        AdminSources sources = new AdminSources(
                new Webhook(rules, heals::alerted, meters.webhook()),
                meters.webhook()::answered,
                heals.wishes(),
                this::reload);
        return Optional.of(bound(
                AdminServer.listen(vertx, wanted, sources), "pen-agent.admin.listen = \"" + wanted.listen() + "\""));
    }

    private CompletionStage<Optional<String>> reload() {
        return CompletableFuture.completedFuture(Optional.of("reload is not available"));
    }

    private boolean accessInOrder() {
        return web.accessInOrder() && admin.map(AdminServer::accessInOrder).orElse(true);
    }

    private static <T> T bound(Future<T> listening, String key) throws StartFailure {
        try {
            return listening.toCompletionStage().toCompletableFuture().get(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new StartFailure(key + ": cannot listen there: " + cause.getMessage(), cause);
        } catch (TimeoutException | InterruptedException e) {
            throw new StartFailure(key + ": no answer from the operating system", e);
        }
    }

    private byte[] render(ScrapeRequest request) {
        Format format = request.openMetrics() ? Format.OPEN_METRICS : Format.TEXT;
        if (!request.pens().isEmpty()) {
            byte[] some =
                    page.render(names.stream().filter(request.pens()::contains).toList(), format, request::wants);
            return format == Format.OPEN_METRICS ? joined(some, "# EOF\n".getBytes(StandardCharsets.UTF_8)) : some;
        }
        return joined(page.render(names, format, request::wants), meters.render(format, request::wants));
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    private Optional<CompletionStage<PenState>> freshen(String pen) {
        return poller.fresh(pen).map(Mono::toFuture);
    }

    private List<DecisionRow> decisions() {
        Healing present = healing;
        return present == null ? List.of() : DecisionRows.of(present.decisions());
    }

    private String adminAddress(Settings settings) {
        return settings.admin()
                .flatMap(wanted -> admin.map(
                        listener -> wanted.listen().at(listener.port()).toString()))
                .orElse("off");
    }

    /** The port that the listener got. */
    int webPort() {
        return web.port();
    }

    /** Stops polling, then serving; bounded in time and harmless when repeated. */
    @Override
    public void close() {
        log.info("stopping");
        polling.dispose();
        closeHealing();
        end(web.close());
        admin.ifPresent(listener -> end(listener.close()));
        end(vertx.close());
        transport.close();
        meters.close();
        log.info("stopped");
    }

    private static void end(Future<Void> closing) {
        try {
            closing.toCompletionStage().toCompletableFuture().get(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            log.atWarn().addKeyValue("err", String.valueOf(e.getMessage())).log("not closed in order");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
