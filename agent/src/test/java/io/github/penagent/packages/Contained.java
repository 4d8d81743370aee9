package io.github.penagent.packages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.penagent.peers.Child;
import io.github.penagent.peers.HttpBackend;
import io.github.penagent.peers.Ports;
import io.github.penagent.peers.RealPen;
import io.github.penagent.peers.Run;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** What has to hold of an installed agent, wherever it was installed. */
final class Contained {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Root root;
    private final List<String> healthcheck;
    private final Path log;
    private final int port = Ports.free("127.0.0.1");

    /**
     * In {@code root}.
     *
     * @param healthcheck the command that asks it whether it lives
     */
    Contained(Root root, List<String> healthcheck, Path log) {
        this.root = root;
        this.healthcheck = healthcheck;
        this.log = log;
    }

    /** Runs it against a real pen, and looks at all of it. */
    void serves(List<String> command) throws Exception {
        try (HttpBackend backend = HttpBackend.start();
                RealPen pen = RealPen.with().backend(backend).start()) {
            configure(pen);
            assertThat(root.run(healthcheck).exit()).as("before it runs").isEqualTo(1);
            try (Child agent = root.start(command, log)) {
                await("pen_up 1; it said: " + agent.log())
                        .atMost(PATIENCE)
                        .ignoreExceptionsInstanceOf(IOException.class)
                        .until(() -> get("/metrics").contains("pen_up{pen=\"example\"} 1\n"));
                isNobodySpecial(agent);
                assertThat(root.run(healthcheck)).isEqualTo(new Run(0, ""));
                endsInOrder(agent);
            }
        }
    }

    /** The file as it is shipped, but for the pen and the port. */
    private void configure(RealPen pen) throws IOException {
        Path file = root.directory().resolve("etc/pen-agent/pen-agent.conf");
        String shipped = Files.readString(file);
        String changed = shipped.replace("control = \"127.0.0.1:8888\"", "control = \"" + pen.controlEndpoint() + "\"")
                .replace("0.0.0.0:10911", "127.0.0.1:" + port);
        assertThat(changed).isNotEqualTo(shipped);
        Files.writeString(file, changed);
    }

    /** Not root, never to be it; with its archive of classes, and Netty's library although /tmp allows no programs. */
    private void isNobodySpecial(Child agent) throws IOException {
        Path proc = Path.of("/proc", Long.toString(Root.pidOf(agent)));
        String uid = root.user().replaceFirst(":.*", "");
        assertThat(Files.readString(proc.resolve("status")))
                .containsPattern("Uid:\t%s\t%s\t%s\t%s\n".formatted(uid, uid, uid, uid))
                .contains("NoNewPrivs:\t1\n")
                .containsPattern("CapEff:\t0+\n");
        assertThat(uid).isNotEqualTo("0");
        assertThat(Files.readString(proc.resolve("maps")))
                .containsPattern("pen-agent/classes\\.jsa")
                .containsPattern("/usr/lib/pen-agent/libnetty_transport_native_epoll_");
        assertThat(agent.log()).doesNotContain("level=warn", "level=error", "[warning]");
    }

    private void endsInOrder(Child agent) {
        Run kill = Tool.DEBIAN.attempt(List.of("kill", Long.toString(Root.pidOf(agent))));
        assertThat(kill.exit()).isZero();
        assertThat(agent.exit(Duration.ofSeconds(20))).as(agent.log()).isZero();
    }

    private String get(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(PATIENCE)
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
