package io.github.penagent;

import io.github.penagent.cluster.SharedWork;
import io.github.penagent.config.Loaded;
import io.github.penagent.config.PensFile;
import io.github.penagent.config.Settings;
import io.github.penagent.discovery.Discovery;
import io.github.penagent.discovery.DnsSrv;
import io.github.penagent.fleet.Fleet;
import io.github.penagent.fleet.PenState;
import io.github.penagent.metrics.AgentMeters;
import io.github.penagent.metrics.Exposition;
import io.github.penagent.metrics.Format;
import io.github.penagent.poll.Clock;
import io.github.penagent.poll.Target;
import io.github.penagent.remediation.AlertRules;
import io.github.penagent.web.AdminServer;
import io.github.penagent.web.AdminSettings;
import io.github.penagent.web.AdminSources;
import io.github.penagent.web.DecisionRow;
import io.github.penagent.web.ScrapeAnswer;
import io.github.penagent.web.ScrapeRequest;
import io.github.penagent.web.Sources;
import io.github.penagent.web.WebServer;
import io.github.penagent.web.WebSettings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * The agent, put together: a datum's way is in {@link Watching}, a decision's in {@link Healing}, and {@link WebServer} shows
 * both. Whatever else is to be in force while it runs comes through {@link Reload}.
 */
final class Agent implements Running, AutoCloseable, Fleet.Listener {
    private static final Logger log = LoggerFactory.getLogger(Agent.class);

    private static final int WEB_THREADS = 1;

    /** For files and hashes of passwords. */
    private static final int WORKERS = 2;

    private static final long STOP_SECONDS = 2;

    /** To be bound; on a machine that starts everything at once that may take its time. */
    private static final long START_SECONDS = 30;

    private final Vertx vertx;
    private final Scheduler configuring = Schedulers.newSingle("pen-config", true);
    private final AgentMeters meters;
    private final Scheduler looking = Schedulers.newSingle("pen-targets", true);
    private final Discovery discovery;
    private final Sharing sharing;
    private final Watching watching;
    private final Exposition exposition;
    private @Nullable volatile Healing healing;
    private final WebServer web;
    private final Optional<AdminServer> admin;
    private final Optional<Reload> reload;
    private final Disposable working;

    /** What of it waits for a restart is as it is here. */
    private final Settings started;

    private volatile Loaded.Good inForce;

    /** All pens, those that are named elsewhere and other agents' included; only on the thread for reloads. */
    private List<Target> pens;

    /** Those of them that are watched here; only on the thread for reloads. */
    private List<Target> ours;

    private volatile AlertRules alertRules;

    /** Nothing of what never ends is left. */
    private volatile boolean ended;

    private Agent(Loaded.Good loaded, Optional<Path> file, Build build) throws StartFailure {
        Settings settings = loaded.settings();
        started = settings;
        inForce = loaded;
        pens = settings.pens();
        alertRules = alertRules(settings);
        vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(WEB_THREADS).setWorkerPoolSize(WORKERS));
        meters = new AgentMeters(build.version(), build.revision(), Clock.SYSTEM.instant());
        discovery = new Discovery(
                settings.targets(),
                settings.pens(),
                new Discovery.Means(
                        PensFile::read, new DnsSrv(vertx), Schedulers.parallel(), looking, meters.targets()));
        sharing = new Sharing(settings.cluster(), this::member, this::left, meters, Clock.SYSTEM);
        ours = sharing.ours(pens);
        Settings first = settings.with(ours);
        watching = new Watching(first, Clock.SYSTEM, meters, this);
        exposition = new Exposition(watching.page(), meters, watching.fleet()::names);
        reload = file.map(
                path -> new Reload(path, loaded, this::use, meters.reloads(), Clock.SYSTEM::instant, configuring));
        Healing heals;
        try {
            heals = new Healing(first, watching.fleet(), watching.poller(), watching::control, sharing, Clock.SYSTEM);
            healing = heals;
            web = listen(settings.web(), build);
            admin = admin(settings, heals);
            meters.webConfig(this::accessInOrder);
        } catch (StartFailure e) {
            closeHealing();
            end(vertx.close());
            watching.close();
            sharing.close();
            looking.dispose();
            configuring.dispose();
            meters.close();
            throw e;
        }
        Mono<Void> files = reload.map(Reload::watch).orElseGet(Mono::never);
        Mono<Void> named =
                discovery.targets().publishOn(configuring).doOnNext(this::watch).then();
        Mono<Void> moved = sharing.changes()
                .publishOn(configuring)
                .doOnNext(members -> share())
                .then();
        working = Mono.when(watching.run(), heals.run(), sharing.run(), files, named, moved)
                .doOnTerminate(() -> ended = true)
                .subscribe(nothing -> {}, Agent::broken);
    }

    /** Whoever watches over the process learns of it by {@code /-/healthy}, and starts it anew. */
    private static void broken(Throwable bug) {
        log.atError().setCause(bug).log("unexpected error, pens are not polled any more");
    }

    @Override
    public void changed(PenState pen) {
        Healing present = healing;
        if (present != null) {
            present.changed(pen);
        }
        sharing.changed(pen);
    }

    @Override
    public void gone(String pen) {
        Healing present = healing;
        if (present != null) {
            present.gone(pen);
        }
        sharing.gone(pen);
    }

    /** This agent among those that share the pens; once it listens. */
    private SharedWork.Me member() {
        WebSettings settings = inForce.settings().web();
        String address = settings.advertise().orElseGet(() -> hostName() + ":" + port());
        return new SharedWork.Me(address, address);
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }

    /** What goes with a pen to its next owner. */
    private Optional<Handover> left(String pen) {
        Healing present = healing;
        return watching.fleet()
                .past(pen)
                .map(past -> new Handover(past, present == null ? List.of() : present.holds(pen)));
    }

    private void closeHealing() {
        Healing present = healing;
        if (present != null) {
            present.close();
        }
    }

    /**
     * Binds the listeners, then starts to poll.
     *
     * @param file where the configuration came from, to be read again; empty: it stays as it is
     */
    static Agent start(Loaded.Good loaded, Optional<Path> file, Build build) throws StartFailure {
        Agent agent = new Agent(loaded, file, build);
        Settings settings = loaded.settings();
        log.atInfo()
                .addKeyValue("version", build.version())
                .addKeyValue("pens", settings.pens().size())
                .addKeyValue("listen", settings.web().listen().at(agent.port()))
                .addKeyValue("admin", agent.adminAddress(settings))
                .log("started");
        return agent;
    }

    /** Has the configuration read again; what comes of it is in the log. */
    void reload() {
        reload.ifPresent(file -> file.now().subscribe());
    }

    /** On the thread for reloads alone. */
    private List<String> use(Loaded.Good loaded) throws StartFailure {
        Settings settings = loaded.settings();
        if (settings.remediation().enforcesAny()) {
            Healing.mayStart(settings.remediation(), Clock.SYSTEM);
        }
        List<Target> known = new ArrayList<>(pens);
        known.removeAll(inForce.settings().pens());
        inForce = loaded;
        alertRules = alertRules(settings);
        pens = joined(settings.pens(), known);
        apply();
        discovery.use(settings.targets(), settings.pens());
        return listen(settings);
    }

    /** What was named elsewhere stays until it is looked at again, unless it is in the way. */
    private static List<Target> joined(List<Target> fixed, List<Target> known) {
        List<Target> all = new ArrayList<>(fixed);
        known.stream()
                .filter(pen -> fixed.stream()
                        .noneMatch(other -> other.name().equals(pen.name())
                                || other.control()
                                        .identity()
                                        .equals(pen.control().identity())))
                .forEach(all::add);
        return all;
    }

    /** On the thread for reloads alone. */
    private void watch(List<Target> wanted) {
        if (!wanted.equals(pens)) {
            pens = wanted;
            apply();
            log.atInfo().addKeyValue("pens", wanted.size()).log("other pens are watched");
        }
    }

    /** Others may have pens now that were ours, or we theirs. */
    private void share() {
        letGo();
        if (!sharing.ours(pens).equals(ours)) {
            apply();
        }
    }

    /** What was another's for a moment begins anew, as if it had been for longer. */
    private void letGo() {
        List<Target> kept = sharing.kept(ours);
        if (kept.size() < ours.size()) {
            apply(kept);
        }
    }

    private void apply() {
        letGo();
        apply(sharing.ours(pens));
    }

    private void apply(List<Target> now) {
        List<Target> before = ours;
        ours = now;
        Settings settings = inForce.settings().with(ours);
        Optional<Set<String>> elsewhere = sharing.elsewhere(pens, ours);
        watching.use(
                settings,
                elsewhere.orElse(Set.of()),
                pen -> sharing.past(pen).map(Handover::past),
                () -> Optional.ofNullable(healing).ifPresent(heals -> {
                    heals.use(settings, elsewhere);
                    inherit(heals, before);
                }));
    }

    private void inherit(Healing heals, List<Target> before) {
        Set<String> known = before.stream().map(Target::name).collect(Collectors.toSet());
        for (Target pen : ours) {
            if (!known.contains(pen.name())) {
                sharing.past(pen.name()).ifPresent(handed -> heals.inherit(pen.name(), handed.holds()));
            }
        }
    }

    /** What has to wait. */
    private List<String> listen(Settings now) {
        List<String> remarks = new ArrayList<>();
        if (!now.cluster().equals(started.cluster())) {
            remarks.add("pen-agent.cluster");
        }
        remark(web.update(now.web())).ifPresent(why -> remarks.add("pen-agent.web: " + why));
        if (admin.isPresent() != now.admin().isPresent()) {
            remarks.add("pen-agent.admin.enabled");
        }
        admin.flatMap(listener -> now.admin().flatMap(wanted -> remark(listener.update(wanted))))
                .ifPresent(why -> remarks.add("pen-agent.admin: " + why));
        return remarks;
    }

    private static Optional<String> remark(Future<Optional<String>> updating) {
        try {
            return updating.toCompletionStage().toCompletableFuture().get(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("interrupted");
        }
    }

    private static AlertRules alertRules(Settings settings) {
        return new AlertRules(settings.remediation().alerts(), Clock.SYSTEM::instant);
    }

    private WebServer listen(WebSettings settings, Build build) throws StartFailure {
        Sources sources = new Sources(
                this::scraped,
                watching.fleet()::states,
                this::freshen,
                this::decisions,
                () -> !ended,
                watching.fleet()::allTried,
                () -> inForce.effectiveJson(),
                build.version(),
                sharing::others);
        return bound(
                WebServer.listen(vertx, settings, sources), "pen-agent.web.listen = \"" + settings.listen() + "\"");
    }

    private Optional<AdminServer> admin(Settings settings, Healing heals) throws StartFailure {
        if (settings.admin().isEmpty()) {
            return Optional.empty();
        }
        AdminSettings wanted = settings.admin().get();
        AdminSources sources = new AdminSources(
                new Webhook(() -> alertRules, heals::alerted, meters.webhook()),
                meters.webhook()::answered,
                heals.wishes(),
                this::reloaded);
        return Optional.of(bound(
                AdminServer.listen(vertx, wanted, sources), "pen-agent.admin.listen = \"" + wanted.listen() + "\""));
    }

    /** Has the configuration read again; completes with what is wrong with it, if anything. */
    private CompletionStage<Optional<String>> reloaded() {
        return reload.<CompletionStage<Optional<String>>>map(file -> file.now().toFuture())
                .orElseGet(() -> CompletableFuture.completedFuture(Optional.of("there is no configuration file")));
    }

    private boolean accessInOrder() {
        return web.accessInOrder() && admin.map(AdminServer::accessInOrder).orElse(true);
    }

    private static <T> T bound(Future<T> listening, String key) throws StartFailure {
        try {
            return listening.toCompletionStage().toCompletableFuture().get(START_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new StartFailure(key + ": cannot listen there: " + cause.getMessage(), cause);
        } catch (TimeoutException | InterruptedException e) {
            throw new StartFailure(key + ": no answer from the operating system", e);
        }
    }

    private ScrapeAnswer scraped(ScrapeRequest request) {
        Format format = request.openMetrics() ? Format.OPEN_METRICS : Format.TEXT;
        return request.whole()
                ? new ScrapeAnswer(exposition.whole(format, request.gzip()), request.gzip())
                : new ScrapeAnswer(exposition.some(format, request.pens(), request::wants), false);
    }

    private Optional<CompletionStage<PenState>> freshen(String pen) {
        return watching.poller().fresh(pen).map(Mono::toFuture);
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

    @Override
    public int port() {
        return web.port();
    }

    /** Stops polling, then serving; bounded in time and harmless when repeated. */
    @Override
    public void close() {
        log.info("stopping");
        working.dispose();
        closeHealing();
        sharing.close();
        end(web.close());
        admin.ifPresent(listener -> end(listener.close()));
        end(vertx.close());
        watching.close();
        looking.dispose();
        configuring.dispose();
        exposition.close();
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
