package io.github.penagent.peers;

import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;

/** A running Prometheus, of Debian's build, with a storage of its own. */
public final class RealPrometheus implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Path directory;
    private final int port;
    private final Child child;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();

    private RealPrometheus(Path directory, int port, Child child) {
        this.directory = directory;
        this.port = port;
        this.child = child;
    }

    /** One job, {@code pen-agent}, that scrapes {@code targets} (host:port) once an {@code interval}. */
    public static RealPrometheus scraping(Duration interval, String... targets) {
        String quoted = String.join(
                ", ", List.of(targets).stream().map(t -> "'" + t + "'").toList());
        return start("""
                global:
                  scrape_interval: %1$dms
                  scrape_timeout: %1$dms
                  evaluation_interval: %1$dms
                scrape_configs:
                  - job_name: pen-agent
                    static_configs:
                      - targets: [%2$s]
                """.formatted(interval.toMillis(), quoted));
    }

    /** With a whole configuration file of the test's own; returns when it is ready. */
    public static RealPrometheus start(String configuration) {
        Program.PROMETHEUS.require();
        try {
            Path directory = Files.createTempDirectory("prometheus");
            Path file = Files.writeString(directory.resolve("prometheus.yml"), configuration);
            int port = Ports.free("127.0.0.1");
            ProcessBuilder command = Program.PROMETHEUS.command(
                    "--config.file=" + file,
                    "--storage.tsdb.path=" + directory.resolve("data"),
                    "--web.listen-address=127.0.0.1:" + port,
                    "--log.level=info");
            RealPrometheus started =
                    new RealPrometheus(directory, port, Child.start(command, directory.resolve("log")));
            started.awaitReady();
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitReady() {
        try {
            await("Prometheus on " + url())
                    .atMost(PATIENCE)
                    .ignoreExceptionsInstanceOf(UncheckedIOException.class)
                    .until(() -> get("/-/ready").statusCode() == 200);
        } catch (RuntimeException e) {
            String said = log();
            close();
            throw new AssertionError("Prometheus is not ready; it said: " + said, e);
        }
    }

    public String url() {
        return "http://127.0.0.1:" + port;
    }

    /** The {@code data.result} of an instant query: series with {@code metric} and {@code value}. */
    public JsonArray query(String promql) {
        return data("/api/v1/query?query=" + encoded(promql)).getJsonArray("result");
    }

    /** The value of the only series that {@code promql} finds; empty if there is none yet. */
    public OptionalDouble value(String promql) {
        JsonArray result = query(promql);
        if (result.size() > 1) {
            throw new AssertionError(promql + " finds " + result.size() + " series: " + result.encode());
        }
        return result.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(Double.parseDouble(
                        result.getJsonObject(0).getJsonArray("value").getString(1)));
    }

    /** The {@code data.result} of a query over a time, second by second: series with {@code metric} and {@code values}. */
    public JsonArray range(String promql, Instant from, Instant to) {
        String path = "/api/v1/query_range?step=1s&" + time(from, to) + "&query=" + encoded(promql);
        return data(path).getJsonArray("result");
    }

    /** The values that {@code label} has on the series of {@code selector} during that time. */
    public JsonArray labelValues(String label, String selector, Instant from, Instant to) {
        String path = "/api/v1/label/" + label + "/values?" + time(from, to) + "&match%5B%5D=" + encoded(selector);
        return body(path).getJsonArray("data");
    }

    private static String time(Instant from, Instant to) {
        return "start=" + from + "&end=" + to;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** The {@code data} of an API path, such as {@code /api/v1/targets}. */
    public JsonObject data(String path) {
        return body(path).getJsonObject("data");
    }

    private JsonObject body(String path) {
        JsonObject body = new JsonObject(get(path).body());
        if (!"success".equals(body.getString("status"))) {
            throw new AssertionError(path + ": " + body.encode());
        }
        return body;
    }

    private HttpResponse<String> get(String path) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url() + path))
                .timeout(PATIENCE)
                .build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** All that it logged so far. */
    public String log() {
        return child.log();
    }

    /** What it logged as a warning or worse: out-of-order samples, duplicates, pages it could not parse. */
    public List<String> warnings() {
        return log().lines()
                .filter(line -> line.contains("level=warn") || line.contains("level=error"))
                .toList();
    }

    @Override
    public void close() {
        child.kill();
        TemporaryFiles.delete(directory);
    }
}
