package io.github.penagent.peers;

import static org.awaitility.Awaitility.await;

import io.github.penagent.penctl.Endpoint;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The agent in a process of its own, from the jar that users run. */
public final class AgentProcess implements AutoCloseable {
    /** Many start at once, on a machine that may be busy with other things. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Path directory;
    private final int port;
    private final ProcessBuilder command;
    private Child child;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();

    private AgentProcess(Path directory, int port, ProcessBuilder command) {
        this.directory = directory;
        this.port = port;
        this.command = command;
        this.child = run();
    }

    private Child run() {
        return Child.start(command, directory.resolve("log"));
    }

    /** Starts it on a free port; {@code settings} is what else stands in its file; does not wait for anything. */
    public static AgentProcess start(Map<String, Endpoint> pens, String settings, String... javaOptions) {
        return start(Ports.free("127.0.0.1"), pens, settings, javaOptions);
    }

    public static AgentProcess start(int port, Map<String, Endpoint> pens, String settings, String... javaOptions) {
        String list = pens.entrySet().stream()
                .map(pen -> "    { name = %s, control = \"%s\" }\n".formatted(pen.getKey(), pen.getValue()))
                .collect(Collectors.joining());
        return start(port, """
                pen-agent {
                  pens = [
                %s  ]
                  %s
                  web.listen = "127.0.0.1:%d"
                }
                """.formatted(list, settings, port), javaOptions);
    }

    /** With a whole configuration file. */
    public static AgentProcess start(int port, String configuration, String... javaOptions) {
        return start(List.of(), port, configuration, javaOptions);
    }

    /** Below a program that becomes what its arguments say, such as {@code unshare}. */
    public static AgentProcess start(List<String> below, int port, String configuration, String... javaOptions) {
        try {
            Path directory = Files.createTempDirectory("agent");
            Path file = Files.writeString(directory.resolve("pen-agent.conf"), configuration);
            List<String> words = new ArrayList<>(below);
            words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            words.addAll(List.of(javaOptions));
            words.addAll(List.of("-jar", jar(), "run", "--config", file.toString()));
            return new AgentProcess(directory, port, new ProcessBuilder(words));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String jar() {
        String jar = System.getProperty("pen-agent.jar");
        if (jar == null || !Files.isReadable(Path.of(jar))) {
            throw new AssertionError("the system property pen-agent.jar must name the built jar, not " + jar);
        }
        return jar;
    }

    /** Returns once every pen was tried. */
    public AgentProcess awaitReady() {
        awaitOk("/-/ready");
        return this;
    }

    public void awaitOk(String path) {
        try {
            await("200 at " + path)
                    .atMost(PATIENCE)
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(20))
                    .ignoreExceptionsInstanceOf(UncheckedIOException.class)
                    .until(() -> get(path).statusCode() == 200);
        } catch (RuntimeException e) {
            String said = log();
            close();
            throw new AssertionError("the agent does not answer " + path + "; it said: " + said, e);
        }
    }

    /** {@code GET path}; {@code headers} are names and values in turn. */
    public HttpResponse<String> get(String path, String... headers) {
        return request("GET", path, HttpResponse.BodyHandlers.ofString(), headers);
    }

    /** Any method, without a body. */
    public <T> HttpResponse<T> request(
            String method, String path, HttpResponse.BodyHandler<T> body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
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

    public int port() {
        return port;
    }

    public Path configurationFile() {
        return directory.resolve("pen-agent.conf");
    }

    public boolean alive() {
        return child.alive();
    }

    /** A file beside its configuration, where relative paths begin. */
    public Path file(String name) {
        return directory.resolve(name);
    }

    /** The audit file so far, a line being written left out. */
    public List<JsonObject> audit() {
        try {
            Path audit = file("pen-agent-audit.jsonl");
            String text = Files.exists(audit) ? Files.readString(audit) : "";
            return text.substring(0, text.lastIndexOf('\n') + 1)
                    .lines()
                    .map(JsonObject::new)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All that it wrote so far, to either output. */
    public String log() {
        return child.log();
    }

    public long pid() {
        return child.pid();
    }

    public void signal(String name) {
        child.signal(name);
    }

    /** Stops it in its tracks; returns when the kernel says so. */
    public void stop() {
        child.stop();
    }

    public void cont() {
        child.cont();
    }

    /** Ends it without warning; returns when it is gone. Its files stay. */
    public void kill() {
        child.kill();
    }

    /** Ends it if it still runs, and starts it again as it was; does not wait for anything. */
    public void restart() {
        child.kill();
        child = run();
    }

    /** The exit code, once it has ended by itself. */
    public int exit(Duration limit) {
        return child.exit(limit);
    }

    @Override
    public void close() {
        child.kill();
        TemporaryFiles.delete(directory);
    }
}
