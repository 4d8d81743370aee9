package io.github.penagent;

import io.github.penagent.cluster.ClusterSettings;
import io.github.penagent.config.Loaded;
import io.github.penagent.config.Settings;
import io.github.penagent.demo.Demo;
import io.github.penagent.demo.EmbeddedPen;
import io.github.penagent.discovery.TargetsSettings;
import io.github.penagent.health.Check;
import io.github.penagent.health.Pace;
import io.github.penagent.health.PassiveSettings;
import io.github.penagent.health.Question;
import io.github.penagent.penctl.Endpoint;
import io.github.penagent.poll.PollSettings;
import io.github.penagent.poll.RecentClientsSettings;
import io.github.penagent.poll.Target;
import io.github.penagent.remediation.AuditSettings;
import io.github.penagent.remediation.Mode;
import io.github.penagent.remediation.RemediationSettings;
import io.github.penagent.web.ListenAddress;
import io.github.penagent.web.WebSettings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The agent on embedded pens: their event loop is not the agent's, as real pens are other processes. */
final class Demonstration implements Running {
    private static final Logger LOG = LoggerFactory.getLogger(Demonstration.class);
    private static final long LIMIT_SECONDS = 3;
    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final Duration CLIENTS_INTERVAL = Duration.ofSeconds(5);
    private static final int TOP_CLIENTS = 5;
    private static final int LEASE_SECONDS = 10;
    private static final Duration WARM_UP = Duration.ofSeconds(5);

    /** What every HTTP backend of the demo answers. */
    private static final Check HOME = new Check(
            "home",
            Set.of("web", "api"),
            Set.of(),
            new Question.Http(
                    false,
                    "GET",
                    "/healthz",
                    Optional.empty(),
                    List.of(new Question.StatusRange(200, 299)),
                    Optional.empty(),
                    0),
            new Pace(Duration.ofSeconds(1), Duration.ofMillis(200), Duration.ofSeconds(1), 3, 2));

    private final Vertx vertx;
    private final Demo demo;
    private final Agent agent;
    private final Path folder;

    private Demonstration(Vertx vertx, Demo demo, Agent agent, Path folder) {
        this.vertx = vertx;
        this.demo = demo;
        this.agent = agent;
        this.folder = folder;
    }

    static Demonstration start(int port, PrintWriter out) throws StartFailure {
        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
        try {
            Demo demo = await(Demo.start(vertx, Clock.systemUTC(), System.nanoTime()));
            Path folder = Files.createTempDirectory("pen-agent-demo");
            Settings settings = settings(demo.pens(), port, folder);
            Agent agent = Agent.start(new Loaded.Good(settings, json(settings)), Optional.empty(), Build.read());
            print(demo, agent.port(), out);
            return new Demonstration(vertx, demo, agent, folder);
        } catch (IOException e) {
            vertx.close();
            throw new StartFailure("no folder for the audit file can be made: " + e.getMessage(), e);
        } catch (StartFailure e) {
            vertx.close();
            throw new StartFailure(e.getMessage() + "; --port takes another one, 0 a free one", e);
        }
    }

    private static Settings settings(List<EmbeddedPen> pens, int port, Path folder) {
        return new Settings(
                pens.stream().map(Demonstration::target).toList(),
                TargetsSettings.NONE,
                new PollSettings(INTERVAL, Duration.ofSeconds(2), 0.01),
                new RecentClientsSettings(true, Duration.ofMinutes(5), CLIENTS_INTERVAL, TOP_CLIENTS),
                WebSettings.open(new ListenAddress("127.0.0.1", port), Optional.empty(), true),
                Optional.empty(),
                List.of(HOME),
                new PassiveSettings(true, 3, 4_096),
                healing(folder),
                new ClusterSettings.Alone(),
                Optional.empty());
    }

    /** Acts on {@code web}, would act on {@code api}, and only watches {@code mail}: all there is to see. */
    private static RemediationSettings healing(Path folder) {
        return new RemediationSettings(
                Mode.ENFORCE,
                Map.of("web", Mode.ENFORCE, "api", Mode.DRY_RUN),
                LEASE_SECONDS,
                0.34,
                0.5,
                WARM_UP,
                1,
                0,
                1_000_000,
                List.of(),
                List.of(),
                Optional.empty(),
                folder.resolve("state.json"),
                new AuditSettings(folder.resolve("audit.jsonl"), AuditSettings.MIN_BYTES, 1));
    }

    private static Target target(EmbeddedPen pen) {
        return new Target(pen.name(), Endpoint.parse(pen.control()), Optional.of(Endpoint.parse(pen.listen())));
    }

    private static String json(Settings settings) {
        JsonArray pens = new JsonArray();
        settings.pens()
                .forEach(pen -> pens.add(new JsonObject()
                        .put("name", pen.name())
                        .put("control", pen.control().toString())));
        return new JsonObject()
                .put("pen-agent", new JsonObject().put("pens", pens))
                .encode();
    }

    private static void print(Demo demo, int port, PrintWriter out) {
        out.println("pen-agent demo: " + Demo.description());
        out.println();
        for (EmbeddedPen pen : demo.pens()) {
            out.printf("  %-5s control port %s, clients connect to %s%n", pen.name(), pen.control(), pen.listen());
        }
        String url = "http://127.0.0.1:" + port;
        out.println();
        out.println("Open    " + url + "/");
        out.println("Scrape  " + url + "/metrics");
        out.println("Read    " + url + "/api/v1/pens");
        out.println("Follow  " + url + "/api/v1/decisions");
        out.println();
        out.println("Ctrl-C ends it.");
        out.flush();
    }

    @Override
    public int port() {
        return agent.port();
    }

    @Override
    public void close() {
        agent.close();
        delete();
        try {
            await(demo.close());
            await(vertx.close());
        } catch (StartFailure e) {
            throw new IllegalStateException(e);
        }
    }

    private void delete() {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
            Files.delete(folder);
        } catch (IOException e) {
            LOG.atDebug().setCause(e).log("the demo's folder is left");
        }
    }

    private static <T> T await(Future<T> future) throws StartFailure {
        try {
            return future.toCompletionStage().toCompletableFuture().get(LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new StartFailure("the embedded pens cannot be had: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartFailure("interrupted", e);
        }
    }
}
