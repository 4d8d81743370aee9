package io.github.penagent.peers;

import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonArray;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.core.ConditionTimeoutException;

/** A running Alertmanager, of Debian's build, alone (no cluster) and with a storage of its own. */
public final class RealAlertmanager implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Path directory;
    private final int port;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private Child child;

    private RealAlertmanager(Path directory, int port) {
        this.directory = directory;
        this.port = port;
        this.child = launch(directory, port);
    }

    /** With a whole configuration file; returns when it is ready. Relative files in it are sought in {@link #file}. */
    public static RealAlertmanager start(String configuration) {
        Program.ALERTMANAGER.require();
        try {
            Path directory = Files.createTempDirectory("alertmanager");
            Files.writeString(directory.resolve("alertmanager.yml"), configuration);
            RealAlertmanager started = new RealAlertmanager(directory, Ports.free("127.0.0.1"));
            started.awaitReady();
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Child launch(Path directory, int port) {
        ProcessBuilder command = Program.ALERTMANAGER.command(
                "--config.file=" + directory.resolve("alertmanager.yml"),
                "--storage.path=" + directory.resolve("data"),
                "--web.listen-address=127.0.0.1:" + port,
                "--cluster.listen-address=",
                "--log.level=debug");
        return Child.start(command, directory.resolve("log"));
    }

    private void awaitReady() {
        try {
            await("Alertmanager on " + url())
                    .atMost(PATIENCE)
                    .ignoreExceptionsInstanceOf(UncheckedIOException.class)
                    .until(() -> !child.alive()
                            || send(request("/-/ready").GET().build()).statusCode() == 200);
        } catch (ConditionTimeoutException e) {
            throw notReady();
        }
        if (!child.alive()) {
            throw notReady();
        }
    }

    private AssertionError notReady() {
        String said = log();
        close();
        return new AssertionError("Alertmanager is not ready; it said: " + said);
    }

    /** What an {@code alertmanagers} entry of Prometheus names: host:port. */
    public String address() {
        return "127.0.0.1:" + port;
    }

    public String url() {
        return "http://" + address();
    }

    /** A file beside its configuration, where relative paths begin. */
    public Path file(String name) {
        return directory.resolve(name);
    }

    /** The alerts that fire now: {@code labels}, {@code annotations}, {@code startsAt}, {@code status} of each. */
    public JsonArray alerts() {
        return new JsonArray(body(request("/api/v2/alerts").GET()));
    }

    /** Hands it {@code alerts} as a Prometheus does: {@code labels}, and optionally {@code startsAt}, {@code endsAt}. */
    public void post(JsonArray alerts) {
        body(request("/api/v2/alerts")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(alerts.encode())));
    }

    /** Asks it to take up its configuration file anew, as {@code POST /-/reload} does. */
    public void reload(String configuration) {
        try {
            Files.writeString(file("alertmanager.yml"), configuration);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        body(request("/-/reload").POST(HttpRequest.BodyPublishers.noBody()));
    }

    private String body(HttpRequest.Builder request) {
        HttpResponse<String> response = send(request.build());
        if (response.statusCode() != 200) {
            throw new AssertionError(response.uri() + ": " + response.statusCode() + " " + response.body());
        }
        return response.body();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(url() + path)).timeout(PATIENCE);
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** Ends it without warning ({@code kill -9}): what it told receivers so far, and its alerts, are forgotten. */
    public void kill() {
        child.kill();
    }

    /** Ends it as a service manager does: what it told receivers so far is kept, its alerts are not. */
    public void end() {
        child.close();
    }

    /** Starts it once more after {@link #kill} or {@link #end}, on the same port and storage. */
    public void restart() {
        if (child.alive()) {
            throw new IllegalStateException("it still runs");
        }
        child = launch(directory, port);
        awaitReady();
    }

    public boolean alive() {
        return child.alive();
    }

    /** All that it logged so far, in every run. */
    public String log() {
        return child.log();
    }

    /** What it logged as a warning or worse, such as receivers that did not take a message. */
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
