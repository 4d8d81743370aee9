package io.github.penagent.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.penagent.peers.AgentProcess;
import io.github.penagent.peers.FakePen;
import io.github.penagent.peers.PenScript;
import io.github.penagent.peers.Ports;
import io.github.penagent.penctl.Endpoint;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The agent starts and ends as promised, in bad company, too. */
class StartStopIT {
    private static final Duration PROMISED = Duration.ofSeconds(5);
    private static final Duration START = Duration.ofSeconds(20);
    private static final String LOOPBACK = "127.0.0.1";

    @ParameterizedTest
    @ValueSource(strings = {"TERM", "INT"})
    void a_signal_ends_it_in_time_while_polls_hang_and_answers_are_owed(String signal) throws Exception {
        List<FakePen> silent = IntStream.range(0, 20)
                .mapToObj(i -> FakePen.that(PenScript.hangs()))
                .toList();
        Map<String, Endpoint> pens = new LinkedHashMap<>();
        silent.forEach(fake -> pens.put("silent-" + pens.size(), fake.endpoint()));
        try (AgentProcess agent = AgentProcess.start(pens, "poll { interval = 1s, deadline = 60s }")) {
            agent.awaitOk("/-/healthy");
            await("polls that hang").atMost(START).until(() -> silent.stream().allMatch(fake -> fake.open() == 1));
            CompletableFuture<Void> probe = CompletableFuture.runAsync(() -> probe(agent));
            try (Socket half = new Socket(InetAddress.getLoopbackAddress(), agent.port())) {
                OutputStream out = half.getOutputStream();
                out.write("GET /metrics HTTP/1.1\r\nHost: agent\r\n".getBytes(StandardCharsets.US_ASCII));
                out.flush();
                assertThat(agent.get("/-/ready").statusCode()).isEqualTo(503);
                assertThat(probe).isNotDone();

                long asked = System.nanoTime();
                agent.signal(signal);

                assertThat(agent.exit(PROMISED)).isZero();
                Duration took = Duration.ofNanos(System.nanoTime() - asked);
                System.out.println("SIG" + signal + " to exit: " + took.toMillis() + " ms");
                assertThat(took).isLessThan(PROMISED);
                assertThat(agent.log()).contains("msg=stopped").doesNotContain("level=error");
            }
            await().until(() -> silent.stream().allMatch(fake -> fake.open() == 0));
            await().until(probe::isDone);
        } finally {
            silent.forEach(FakePen::close);
        }
    }

    /** Owed an answer for as long as the poll lasts. */
    private static void probe(AgentProcess agent) {
        try {
            agent.get("/probe?target=silent-0");
        } catch (UncheckedIOException e) {
            // The agent is gone: what this is about.
        }
    }

    @Test
    void a_taken_port_is_named_and_the_exit_code_is_one() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                AgentProcess agent = AgentProcess.start(taken.getLocalPort(), refusing(1), "")) {
            assertThat(agent.exit(START)).isEqualTo(1);
            assertThat(agent.log().lines())
                    .containsExactly("pen-agent: pen-agent.web.listen = \"127.0.0.1:" + taken.getLocalPort()
                            + "\": cannot listen there: Address already in use");
        }
    }

    @Test
    void every_problem_of_a_broken_configuration_is_named_with_its_line_and_the_exit_code_is_one() {
        String broken = """
                pen-agent {
                  pens = [ { name = "a b", control = "127.0.0.1:0" } ]
                  poll { interval = 1ms, deadlne = 1s }
                }
                """;
        try (AgentProcess agent = AgentProcess.start(Ports.free(LOOPBACK), broken)) {
            assertThat(agent.exit(START)).isEqualTo(1);
            String file = agent.configurationFile() + ":";
            List<String> said = agent.log().lines().toList();
            assertThat(said).allMatch(line -> line.startsWith(file));
            assertThat(said.stream().map(line -> line.substring(file.length())))
                    .containsExactly(
                            "2: pen-agent.pens[0].name = \"a b\": "
                                    + "must be 1 to 63 letters, digits, - or _, the first a letter or digit",
                            "2: pen-agent.pens[0].control = \"127.0.0.1:0\": the port must be between 1 and 65535",
                            "3: pen-agent.poll.interval = \"1ms\": must be between 20 ms and 24 h",
                            "3: pen-agent.poll.deadlne: unknown key, did you mean deadline?");
        }
    }

    @Test
    void three_hundred_pens_out_of_reach_keep_nobody_waiting() throws IOException {
        Map<String, Endpoint> pens = refusing(200);
        List<ServerSocket> silent = new ArrayList<>();
        try {
            for (int i = 0; i < 100; i++) {
                // Never accepts; the kernel connects all the same.
                ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                silent.add(listener);
                pens.put("silent-" + i, new Endpoint.Tcp(LOOPBACK, listener.getLocalPort()));
            }
            long started = System.nanoTime();
            try (AgentProcess agent = AgentProcess.start(pens, "poll { interval = 1s, deadline = 1s }")) {
                agent.awaitOk("/-/healthy");
                Duration healthy = Duration.ofNanos(System.nanoTime() - started);
                assertThat(agent.get("/-/ready").statusCode()).isEqualTo(503);
                Duration longest = Duration.ZERO;
                boolean ready = false;
                while (!ready) {
                    long asked = System.nanoTime();
                    assertThat(agent.get("/-/healthy").statusCode()).isEqualTo(200);
                    Duration took = Duration.ofNanos(System.nanoTime() - asked);
                    longest = longest.compareTo(took) > 0 ? longest : took;
                    ready = agent.get("/-/ready").statusCode() == 200;
                    assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(START);
                }
                Duration all = Duration.ofNanos(System.nanoTime() - started);
                System.out.printf(
                        "300 pens out of reach: healthy after %d ms, ready after %d ms; slowest /-/healthy %d ms%n",
                        healthy.toMillis(), all.toMillis(), longest.toMillis());
                assertThat(longest).isLessThan(Duration.ofSeconds(1));
                Samples page = Samples.of(agent);
                assertThat(page.sum("pen_up{")).isZero();
                assertThat(page.values().keySet().stream().filter(sample -> sample.startsWith("pen_up{")))
                        .hasSize(300);
                assertThat(pens.keySet()).allMatch(pen -> page.failures(pen) > 0);
            }
        } finally {
            for (ServerSocket listener : silent) {
                listener.close();
            }
        }
    }

    /** Pens on ports of loopback addresses that nothing listens on. */
    private static Map<String, Endpoint> refusing(int count) {
        return IntStream.range(0, count)
                .boxed()
                .collect(Collectors.toMap(
                        i -> "refusing-" + i,
                        i -> new Endpoint.Tcp("127.0.3." + (1 + i), 1),
                        (a, b) -> a,
                        LinkedHashMap::new));
    }
}
