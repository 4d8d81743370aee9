package io.github.penagent.peers;

import static org.awaitility.Awaitility.await;

import io.github.penagent.penctl.Endpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The agent as users run it: the jar, in a process of its own, with a configuration file. */
public final class RunningAgent implements AutoCloseable {
    public static final String OPEN_METRICS = "application/openmetrics-text;version=1.0.0";

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Pattern LISTENS = Pattern.compile(" msg=started .*listen=127\\.0\\.0\\.1:(\\d+)");

    private final Path directory;
    private final Child child;
    private final int port;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();

    private RunningAgent(Path directory, Child child) {
        this.directory = directory;
        this.child = child;
        this.port = awaitPort();
    }

    public static Builder with() {
        return new Builder();
    }

    /** What its configuration file says. */
    public static final class Builder {
        private final List<String> pens = new ArrayList<>();
        private final List<String> settings = new ArrayList<>();

        private Builder() {}

        public Builder pen(String name, RealPen pen) {
            return pen(name, pen.controlEndpoint());
        }

        public Builder pen(String name, Endpoint control) {
            pens.add("{ name = %s, control = \"%s\" }".formatted(name, control));
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
            try {
                await("agent ready")
                        .atMost(PATIENCE)
                        .pollInterval(Duration.ofMillis(20))
                        .until(() -> agent.get("/-/ready").statusCode() == 200);
            } catch (RuntimeException e) {
                String said = agent.log();
                agent.close();
                throw new AssertionError("the agent is not ready; it said: " + said, e);
            }
            return agent;
        }

        /** Returns as soon as it listens. */
        public RunningAgent launch() {
            String jar = Objects.requireNonNull(System.getProperty("pen-agent.jar"), "property pen-agent.jar");
            try {
                Path directory = Files.createTempDirectory("agent");
                List<String> lines = new ArrayList<>();
                lines.add("pen-agent {");
                lines.add("web.listen = \"127.0.0.1:0\"");
                lines.add("pens = [" + String.join(", ", pens) + "]");
                lines.addAll(settings);
                lines.add("}");
                Path file = Files.write(directory.resolve("pen-agent.conf"), lines);
                String java =
                        Path.of(System.getProperty("java.home"), "bin", "java").toString();
                ProcessBuilder command = new ProcessBuilder(java, "-jar", jar, "run", "--config", file.toString());
                return new RunningAgent(directory, Child.start(command, directory.resolve("log")));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** It takes a free port and says which. */
    private int awaitPort() {
        try {
            return await("agent listens")
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(20))
                    .until(this::saidPort, found -> found > 0);
        } catch (RuntimeException e) {
            String said = log();
            close();
            throw new AssertionError("the agent does not listen; it said: " + said, e);
        }
    }

    private int saidPort() {
        if (!child.alive()) {
            throw new IllegalStateException("the agent ended");
        }
        Matcher m = LISTENS.matcher(log());
        return m.find() ? Integer.parseInt(m.group(1)) : 0;
    }

    public int port() {
        return port;
    }

    /** As targets are written: {@code 127.0.0.1:port}. */
    public String address() {
        return "127.0.0.1:" + port;
    }

    /** {@code GET path}; {@code headers} are names and values in turn. */
    public HttpResponse<String> get(String path, String... headers) {
        return request("GET", path, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8), headers);
    }

    /** Any method, without a body. */
    public <T> HttpResponse<T> request(
            String method, String path, HttpResponse.BodyHandler<T> body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://" + address() + path))
                .timeout(PATIENCE)
                .method(method, HttpRequest.BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return http.send(request.build(), body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
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

    public long pid() {
        return child.pid();
    }

    public boolean alive() {
        return child.alive();
    }

    /** What it logged so far. */
    public String log() {
        return child.log();
    }

    /** Makes it hang until {@link #cont()}. */
    public void stop() {
        child.stop();
    }

    public void cont() {
        child.cont();
    }

    /** Sends a signal by its name, such as {@code TERM}. */
    public void signal(String name) {
        child.signal(name);
    }

    /** Asks it to end, insists if it must, and returns when it is gone. */
    @Override
    public void close() {
        child.close();
        TemporaryFiles.delete(directory);
    }
}
