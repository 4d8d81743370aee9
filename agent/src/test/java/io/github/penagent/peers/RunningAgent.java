package io.github.penagent.peers;

import static org.awaitility.Awaitility.await;

import io.github.penagent.penctl.Endpoint;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.core.ConditionTimeoutException;

/** The agent as users run it: the jar, in a process of its own, with a configuration file. */
public final class RunningAgent implements AutoCloseable {
    public static final String OPEN_METRICS = "application/openmetrics-text;version=1.0.0";

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private final AgentProcess process;
    private final int adminPort;

    private RunningAgent(AgentProcess process, int adminPort) {
        this.process = process;
        this.adminPort = adminPort;
    }

    public static Builder with() {
        return new Builder();
    }

    /** What its configuration file says. */
    public static final class Builder {
        private final List<String> pens = new ArrayList<>();
        private final List<String> settings = new ArrayList<>();
        private int adminPort = -1;

        private Builder() {}

        /** With the listener that changes things, for those who have the token in this file. */
        public Builder admin(Path tokenFile) {
            adminPort = Ports.free("127.0.0.1");
            return set("admin { enabled = true, listen = \"127.0.0.1:%d\", token-file = \"%s\" }"
                    .formatted(adminPort, tokenFile));
        }

        public Builder pen(String name, RealPen pen) {
            return pen(name, pen.controlEndpoint());
        }

        public Builder pen(String name, Endpoint control) {
            pens.add("{ name = %s, control = \"%s\" }".formatted(name, control));
            return this;
        }

        /** With the address of its clients, so that the agent can ask through it. */
        public Builder listening(String name, RealPen pen) {
            pens.add("{ name = %s, control = \"%s\", listen = \"%s\" }"
                    .formatted(name, pen.controlEndpoint(), pen.listen()));
            return this;
        }

        /** A line of HOCON below {@code pen-agent}, such as {@code poll.interval = 1s}. */
        public Builder set(String line) {
            settings.add(line);
            return this;
        }

        /** Returns when every pen was asked once. */
        public RunningAgent start() {
            RunningAgent agent = launch();
            agent.process.awaitReady();
            return agent;
        }

        /** Returns as soon as it listens. */
        public RunningAgent launch() {
            int port = Ports.free("127.0.0.1");
            AgentProcess process = AgentProcess.start(port, text(port));
            process.awaitOk("/-/healthy");
            return new RunningAgent(process, adminPort);
        }

        private String text(int port) {
            List<String> lines = new ArrayList<>();
            lines.add("pen-agent {");
            lines.add("web.listen = \"127.0.0.1:" + port + "\"");
            lines.add("pens = [" + String.join(", ", pens) + "]");
            lines.addAll(settings);
            lines.add("}");
            return String.join("\n", lines);
        }
    }

    public int port() {
        return process.port();
    }

    public Path configurationFile() {
        return process.configurationFile();
    }

    /** Replaces its configuration file, on the same port, in one step; tells nobody. */
    public void write(Builder other) {
        write(other.text(port()));
    }

    /** The same with any text. */
    public void write(String configuration) {
        Path file = process.configurationFile();
        try {
            Path beside = Files.writeString(file.resolveSibling("new.conf"), configuration);
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Has it read its configuration file again, which has changed; returns when that is in force. */
    public void reload() {
        double before = reloaded();
        process.signal("HUP");
        try {
            await("reloaded")
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(10))
                    .until(() -> reloaded() > before);
        } catch (ConditionTimeoutException e) {
            throw new AssertionError("not reloaded; the agent said: " + log(), e);
        }
    }

    /** When the configuration in force was loaded, as unix time. */
    public double reloaded() {
        return MetricsPage.parse(get("/metrics?name[]=pen_agent_config_last_reload_success_timestamp_seconds")
                        .body())
                .value("pen_agent_config_last_reload_success_timestamp_seconds");
    }

    /** As targets are written: {@code 127.0.0.1:port}. */
    public String address() {
        return "127.0.0.1:" + port();
    }

    /** The listener that changes things, if it was wanted. */
    public String adminAddress() {
        return "127.0.0.1:" + adminPort;
    }

    /** {@code GET path}; {@code headers} are names and values in turn. */
    public HttpResponse<String> get(String path, String... headers) {
        return process.get(path, headers);
    }

    /** Any method, without a body. */
    public <T> HttpResponse<T> request(
            String method, String path, HttpResponse.BodyHandler<T> body, String... headers) {
        return process.request(method, path, body, headers);
    }

    /** The whole page in Prometheus' text format. */
    public String page() {
        return get("/metrics").body();
    }

    /** The same, taken apart. */
    public MetricsPage metrics() {
        return MetricsPage.parse(page());
    }

    /** The whole page as OpenMetrics, taken apart. */
    public MetricsPage openMetrics() {
        return MetricsPage.parse(get("/metrics", "Accept", OPEN_METRICS).body());
    }

    /** A page that shows at least {@code count} whole polls more of this pen than the page of now. */
    public MetricsPage afterPolls(int count, String pen) {
        double until = metrics().value("pen_polls_total", "pen", pen) + count + 1;
        return await(count + " polls of " + pen)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(this::metrics, page -> page.value("pen_polls_total", "pen", pen) >= until);
    }

    /** The latest decisions about this pen, newest first. */
    public List<JsonObject> decisions(String pen) {
        return new JsonObject(get("/api/v1/decisions?limit=1000&pen=" + pen).body())
                .getJsonArray("decisions").stream().map(JsonObject.class::cast).toList();
    }

    /** The audit file so far. */
    public List<JsonObject> audit() {
        return process.audit();
    }

    public long pid() {
        return process.pid();
    }

    public boolean alive() {
        return process.alive();
    }

    /** What it logged so far. */
    public String log() {
        return process.log();
    }

    /** Makes it hang until {@link #cont()}. */
    public void stop() {
        process.stop();
    }

    public void cont() {
        process.cont();
    }

    /** Ends it without warning; its files stay until it is closed. */
    public void kill() {
        process.kill();
    }

    /** Ends it if it still runs, and starts it again with the same file and port; returns when every pen was asked once. */
    public void restart() {
        process.restart();
        process.awaitReady();
    }

    /** Sends a signal by its name, such as {@code TERM}. */
    public void signal(String name) {
        process.signal(name);
    }

    @Override
    public void close() {
        process.close();
    }
}
