package io.github.penagent.peers;

import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonObject;
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
import java.util.Base64;
import java.util.List;
import org.awaitility.core.ConditionTimeoutException;

/** A running etcd, of Debian's build: one member, with data of its own, which may be ended and started anew on them and on its ports. */
public final class RealEtcd implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String HOST = "127.0.0.1";

    private final Path directory;
    private final List<String> words;
    private final String scheme;
    private final int port;
    private final int health;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private Child child;

    private RealEtcd(Path directory, String scheme, List<String> more) {
        this.directory = directory;
        this.scheme = scheme;
        port = Ports.free(HOST);
        health = Ports.free(HOST);
        String peers = "http://" + HOST + ":" + Ports.free(HOST);
        words = new ArrayList<>(List.of(
                "--data-dir=" + directory.resolve("data"),
                "--listen-client-urls=" + url(),
                "--advertise-client-urls=" + url(),
                "--listen-metrics-urls=http://" + HOST + ":" + health,
                "--listen-peer-urls=" + peers,
                "--initial-advertise-peer-urls=" + peers,
                "--initial-cluster=default=" + peers,
                // Leases may be as short as one and a half times the latter.
                "--heartbeat-interval=50",
                "--election-timeout=500"));
        words.addAll(more);
        child = launch();
    }

    /** Returns when it is ready. */
    public static RealEtcd start() {
        return start("http", List.of());
    }

    /** The same over TLS with a certificate and its key in PEM. */
    public static RealEtcd start(Path certificate, Path key) {
        return start("https", List.of("--cert-file=" + certificate, "--key-file=" + key));
    }

    private static RealEtcd start(String scheme, List<String> more) {
        Program.ETCD.require();
        try {
            RealEtcd started = new RealEtcd(Files.createTempDirectory("etcd"), scheme, more);
            started.awaitReady();
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Child launch() {
        return Child.start(Program.ETCD.command(words.toArray(String[]::new)), directory.resolve("log"));
    }

    private void awaitReady() {
        try {
            await("etcd on " + url())
                    .atMost(PATIENCE)
                    .ignoreExceptionsInstanceOf(UncheckedIOException.class)
                    .until(() -> !child.alive() || isHealthy());
        } catch (ConditionTimeoutException e) {
            throw notReady();
        }
        if (!child.alive()) {
            throw notReady();
        }
    }

    private AssertionError notReady() {
        String said = child.log();
        close();
        return new AssertionError("etcd is not ready; it said: " + said);
    }

    private boolean isHealthy() {
        String asked = "http://" + HOST + ":" + health + "/health";
        return send(HttpRequest.newBuilder(URI.create(asked)).GET()).statusCode() == 200;
    }

    /** What an agent is told. */
    public String url() {
        return scheme + "://" + HOST + ":" + port;
    }

    /** From now on every request needs a user; {@code user} may read and write below {@code prefix}, and nothing else. */
    public void demandPasswords(String user, String password, String prefix) {
        byte[] end = prefix.getBytes(StandardCharsets.UTF_8);
        end[end.length - 1]++;
        JsonObject below = new JsonObject()
                .put("permType", "READWRITE")
                .put("key", base64(prefix.getBytes(StandardCharsets.UTF_8)))
                .put("range_end", base64(end));
        ask("auth/role/add", new JsonObject().put("name", "root"));
        ask("auth/role/add", new JsonObject().put("name", "agent"));
        ask("auth/role/grant", new JsonObject().put("name", "agent").put("perm", below));
        addUser("root", "root of all", "root");
        addUser(user, password, "agent");
        ask("auth/enable", new JsonObject());
    }

    private void addUser(String user, String password, String role) {
        ask("auth/user/add", new JsonObject().put("name", user).put("password", password));
        ask("auth/user/grant", new JsonObject().put("user", user).put("role", role));
    }

    /** Forgets what was before that revision. */
    public void compact(long revision) {
        ask(
                "kv/compaction",
                new JsonObject().put("revision", Long.toString(revision)).put("physical", true));
    }

    private void ask(String path, JsonObject body) {
        HttpResponse<String> answer = send(HttpRequest.newBuilder(URI.create(url() + "/v3/" + path))
                .POST(HttpRequest.BodyPublishers.ofString(body.encode())));
        if (answer.statusCode() != 200) {
            throw new AssertionError(path + ": " + answer.statusCode() + " " + answer.body());
        }
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    /** Ends it the hard way. */
    public void kill() {
        child.kill();
    }

    /** Starts it on the same data and ports, after {@link #kill}; returns when it is ready. */
    public void restart() {
        child = launch();
        awaitReady();
    }

    /** Stops it in its tracks: the kernel goes on to take connections. */
    public void stop() {
        child.stop();
    }

    public void cont() {
        child.cont();
    }

    public long pid() {
        return child.pid();
    }

    /** What it says of itself. */
    public MetricsPage metrics() {
        String asked = "http://" + HOST + ":" + health + "/metrics";
        return MetricsPage.parse(
                send(HttpRequest.newBuilder(URI.create(asked)).GET()).body());
    }

    /** All that it logged so far. */
    public String log() {
        return child.log();
    }

    @Override
    public void close() {
        child.kill();
        TemporaryFiles.delete(directory);
    }
}
