package io.github.penagent;

import io.github.penagent.config.Settings;
import io.github.penagent.demo.Demo;
import io.github.penagent.demo.EmbeddedPen;
import io.github.penagent.health.PassiveSettings;
import io.github.penagent.penctl.Endpoint;
import io.github.penagent.poll.PollSettings;
import io.github.penagent.poll.RecentClientsSettings;
import io.github.penagent.poll.Target;
import io.github.penagent.remediation.AuditSettings;
import io.github.penagent.remediation.Mode;
import io.github.penagent.remediation.RemediationSettings;
import io.github.penagent.web.WebSettings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The agent on embedded pens: their event loop is not the agent's, as real pens are other processes. */
final class Demonstration implements Running {
    private static final long LIMIT_SECONDS = 3;
    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final Duration CLIENTS_INTERVAL = Duration.ofSeconds(5);
    private static final int TOP_CLIENTS = 5;

    private final Vertx vertx;
    private final Demo demo;
    private final Agent agent;

    private Demonstration(Vertx vertx, Demo demo, Agent agent) {
        this.vertx = vertx;
        this.demo = demo;
        this.agent = agent;
    }

    static Demonstration start(int port, PrintWriter out) throws StartFailure {
        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
        try {
            Demo demo = await(Demo.start(vertx, Clock.systemUTC(), System.nanoTime()));
            Settings settings = settings(demo.pens(), port);
            Agent agent = Agent.start(settings, json(settings), Build.read());
            print(demo, agent.webPort(), out);
            return new Demonstration(vertx, demo, agent);
        } catch (StartFailure e) {
            vertx.close();
            throw new StartFailure(e.getMessage() + "; --port takes another one, 0 a free one", e);
        }
    }

    private static Settings settings(List<EmbeddedPen> pens, int port) {
        return new Settings(
                pens.stream().map(Demonstration::target).toList(),
                new PollSettings(INTERVAL, Duration.ofSeconds(2), 0.01),
                new RecentClientsSettings(true, Duration.ofMinutes(5), CLIENTS_INTERVAL, TOP_CLIENTS),
                new WebSettings("127.0.0.1", port, Optional.empty(), true),
                List.of(),
                new PassiveSettings(true, 3, 4_096),
                observing());
    }

    /** Nothing is written by an agent that only observes; the files are named and not made. */
    private static RemediationSettings observing() {
        return new RemediationSettings(
                Mode.OBSERVE,
                Map.of(),
                20,
                0.34,
                0.5,
                Duration.ofSeconds(20),
                1,
                0,
                1_000_000,
                List.of(),
                List.of(),
                Optional.empty(),
                Path.of("pen-agent-state.json"),
                new AuditSettings(Path.of("pen-agent-audit.jsonl"), AuditSettings.MAX_BYTES, 1));
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
        out.println();
        out.println("Ctrl-C ends it.");
        out.flush();
    }

    @Override
    public void close() {
        agent.close();
        try {
            await(demo.close());
            await(vertx.close());
        } catch (StartFailure e) {
            throw new IllegalStateException(e);
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
