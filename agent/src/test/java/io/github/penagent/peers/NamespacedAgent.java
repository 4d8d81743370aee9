package io.github.penagent.peers;

import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The agent in a network namespace of its own, where there is nobody but itself. Unix sockets reach it and are reached by it as
 * ever; its pages are fetched by a shell that visits the namespace.
 */
public final class NamespacedAgent implements AutoCloseable {
    /** Many start at once, on a machine that may be busy with other things. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final int PORT = 10_911;

    /** For documentation, so surely nobody's. */
    private static final String HOST = "192.0.2.1";

    private static final String LOOPBACK_UP = "ip link set lo up && ip addr add " + HOST + "/32 dev lo";
    private static final String NO_LOOPBACK = " && ip addr del 127.0.0.1/8 dev lo";
    private static final String FETCH = "exec 3<>/dev/tcp/%s/%d && printf 'GET %s HTTP/1.0\\r\\n\\r\\n' >&3 && cat <&3";

    private final AgentProcess process;

    private NamespacedAgent(AgentProcess process) {
        this.process = process;
    }

    /** Whether this machine lets us: not without privileges, or not without {@code ip} and {@code unshare}. */
    public static boolean possible() {
        List<String> command = below(LOOPBACK_UP);
        command.add("true");
        try {
            return Run.of(new ProcessBuilder(command), PATIENCE).exit() == 0;
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    /**
     * Returns when every pen was asked once.
     *
     * @param loopback whether 127.0.0.1 is itself there, and refuses; there is no route to it otherwise
     * @param settings all of its configuration but the listener
     */
    public static NamespacedAgent start(boolean loopback, String settings) {
        String configuration = "pen-agent {\nweb.listen = \"%s:%d\"\n%s\n}".formatted(HOST, PORT, settings);
        List<String> below = below(loopback ? LOOPBACK_UP : LOOPBACK_UP + NO_LOOPBACK);
        NamespacedAgent agent = new NamespacedAgent(AgentProcess.start(below, PORT, configuration));
        try {
            await("ready").atMost(PATIENCE).until(() -> agent.answer("/-/ready").startsWith("HTTP/1.0 200"));
        } catch (RuntimeException e) {
            String said = agent.process.log();
            agent.close();
            throw new AssertionError("the agent does not answer; it said: " + said, e);
        }
        return agent;
    }

    private static List<String> below(String preparation) {
        List<String> command = new ArrayList<>(List.of("unshare", "--net"));
        if (!root()) {
            command.add("--map-root-user");
        }
        command.addAll(List.of("sh", "-c", preparation + " && exec \"$@\"", "sh"));
        return command;
    }

    private static boolean root() {
        try {
            return Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String answer(String path) {
        List<String> command = new ArrayList<>(List.of("nsenter", "--target", Long.toString(process.pid()), "--net"));
        if (!root()) {
            command.addAll(List.of("--user", "--preserve-credentials"));
        }
        command.addAll(List.of("bash", "-c", FETCH.formatted(HOST, PORT, path)));
        return Run.of(new ProcessBuilder(command), PATIENCE).output();
    }

    /** The body of the answer. */
    public String get(String path) {
        String answer = answer(path);
        return answer.substring(answer.indexOf("\r\n\r\n") + 4);
    }

    public MetricsPage metrics() {
        return MetricsPage.parse(get("/metrics"));
    }

    /** The latest decisions about this pen, newest first. */
    public List<JsonObject> decisions(String pen) {
        return new JsonObject(get("/api/v1/decisions?limit=1000&pen=" + pen))
                .getJsonArray("decisions").stream().map(JsonObject.class::cast).toList();
    }

    public List<JsonObject> audit() {
        return process.audit();
    }

    @Override
    public void close() {
        process.close();
    }
}
