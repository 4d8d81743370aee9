package io.github.penagent.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.penagent.peers.Child;
import io.github.penagent.peers.Program;
import io.github.penagent.peers.Run;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo as somebody meets it who has only the jar. */
class DemoIT {
    private static final Duration PROMISED_START = Duration.ofSeconds(30);
    private static final Duration PROMISED_END = Duration.ofSeconds(5);

    /** Longer than the failing backend is up, or down, at a stretch. */
    private static final Duration ONE_TURN = Duration.ofSeconds(60);

    /**
     * Three times what it takes: whether pen itself still gets through to the backend shows in its counters, and the demo's few clients
     * move these slowly. The outage lasts longer than this.
     */
    private static final Duration EJECTION = Duration.ofSeconds(15);

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String RECEIVED = "pen_server_received_bytes_total";

    /** The slot, in {@code web}, of the backend that comes and goes. */
    private static final int FAILING = 2;

    private static final Pattern URL = Pattern.compile("http://127\\.0\\.0\\.1:\\d+");
    private static final Pattern CONTROL = Pattern.compile("control port (127\\.0\\.0\\.1:\\d+)");

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(PROMISED_END).build();

    @Test
    void shows_three_embedded_pens_with_traffic_and_an_outage_that_ends(@TempDir Path directory) throws IOException {
        Instant started = Instant.now();
        try (Child demo = start(directory)) {
            await().atMost(PROMISED_START).until(() -> demo.log().contains("Ctrl-C ends it."));
            String said = demo.log();
            assertThat(said)
                    .contains("embedded demo: web, mail and api are three imitations of pen inside this process");
            String url = first(URL, said);
            assertThat(said).contains(url + "/\n", url + "/metrics\n", url + "/api/v1/pens\n");

            await().atMost(PROMISED_START.minus(Duration.between(started, Instant.now())))
                    .until(() -> rates(url).stream().anyMatch(rate -> rate > 0));
            assertThat(rows(url, "pen_up"))
                    .containsExactly("pen_up{pen=\"web\"} 1", "pen_up{pen=\"mail\"} 1", "pen_up{pen=\"api\"} 1");
            assertThat(rows(url, "pen_servers"))
                    .containsExactly(
                            "pen_servers{pen=\"web\"} 3", "pen_servers{pen=\"mail\"} 2", "pen_servers{pen=\"api\"} 2");

            assertPenctlIsAnswered(said);
            assertTheFailingBackendStopsAndReturns(url);
            // That an ejection had to wait is said as a warning.
            assertThat(demo.log().lines().filter(line -> !line.contains("DecisionLogger")))
                    .noneMatch(line -> line.matches(".*(level=(warn|error)|Exception).*"));
            assertEndsInTime(demo);
        }
    }

    private static void assertPenctlIsAnswered(String said) {
        List<String> ports =
                CONTROL.matcher(said).results().map(found -> found.group(1)).toList();
        assertThat(ports).hasSize(3).doesNotHaveDuplicates();
        for (String port : ports) {
            Run servers = Run.of(Program.PENCTL.command(port, "servers"), PATIENCE);
            assertThat(servers.exit()).isZero();
            assertThat(servers.lines()).hasSizeBetween(2, 3).allMatch(line -> line.contains(" addr 127.0.0.1 port "));
        }
    }

    /** While it is away others serve; what is read from it moves again once it is back. */
    private void assertTheFailingBackendStopsAndReturns(String url) throws IOException {
        String address = address(rows(url, RECEIVED).get(FAILING));
        await("traffic").atMost(ONE_TURN).until(() -> received(url, FAILING) > 0);
        await("the outage").atMost(ONE_TURN).until(() -> Tcp.refuses(address));
        await("the ejection").atMost(EJECTION).until(() -> ejected(url) == 1);
        assertThat(page(url + "/api/v1/decisions?pen=web"))
                .as("the agent says so, and says why")
                .contains("\"decision\":\"eject\"", "\"address\":\"" + address + "\"", "refused");
        await("a poll since")
                .atMost(PROMISED_END)
                .until(() ->
                        value(rows(url, "pen_server_received_bytes_per_second").get(FAILING)) == 0);
        double there = received(url, FAILING);
        double others = received(url, 0) + received(url, 1);
        await("others serve").atMost(ONE_TURN).until(() -> received(url, 0) + received(url, 1) > others);
        assertThat(Tcp.refuses(address)).isTrue();
        assertThat(received(url, FAILING)).isEqualTo(there);
        assertThat(ejected(url)).as("as long as it is away").isOne();
        await("the return").atMost(ONE_TURN).until(() -> !Tcp.refuses(address));
        await("traffic").atMost(ONE_TURN).until(() -> received(url, FAILING) > there);
        await("the end of its lease").atMost(ONE_TURN).until(() -> ejected(url) == 0);
    }

    private static void assertEndsInTime(Child demo) {
        demo.signal("TERM");
        assertThat(demo.exit(PROMISED_END)).isZero();
    }

    @Test
    void a_taken_port_is_named_together_with_the_way_out(@TempDir Path directory) {
        try (Child first = start(directory)) {
            await().atMost(PROMISED_START).until(() -> first.log().contains("Ctrl-C ends it."));
            String port = first(URL, first.log()).replaceFirst(".*:", "");
            Run second = Run.of(command(port), PROMISED_START);
            assertThat(second.exit()).isEqualTo(1);
            assertThat(second.lines()).singleElement().asString().contains(port, "--port");
            assertEndsInTime(first);
        }
    }

    private static Child start(Path directory) {
        return Child.start(command("0"), directory.resolve("log"));
    }

    private static ProcessBuilder command(String port) {
        return new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                Objects.requireNonNull(System.getProperty("pen-agent.jar")),
                "demo",
                "--port",
                port);
    }

    /** Bytes from clients to each backend per second. */
    private List<Double> rates(String url) throws IOException {
        return rows(url, "pen_server_sent_bytes_per_second").stream()
                .map(DemoIT::value)
                .toList();
    }

    /** Bytes that came back from a backend of {@code web}, whose rows come first. */
    private double received(String url, int slot) throws IOException {
        return value(rows(url, RECEIVED).get(slot));
    }

    /** How many backends of all pens are out by the agent's doing; the failing one of {@code web} is the only one that may be. */
    private double ejected(String url) throws IOException {
        List<String> rows = rows(url, "pen_server_ejected");
        double all = rows.stream().mapToDouble(DemoIT::value).sum();
        assertThat(all).isEqualTo(value(rows.get(FAILING)));
        return all;
    }

    private static String address(String row) {
        assertThat(row).contains("pen=\"web\"", "server=\"" + FAILING + "\"");
        return row.replaceFirst(".*address=\"([^\"]+)\".*", "$1");
    }

    private List<String> rows(String url, String metric) throws IOException {
        return page(url + "/metrics")
                .lines()
                .filter(line -> line.startsWith(metric + "{"))
                .toList();
    }

    private String page(String url) throws IOException {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                    .timeout(PROMISED_END)
                    .build();
            return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private static double value(String row) {
        return Double.parseDouble(row.substring(row.lastIndexOf(' ') + 1));
    }

    private static String first(Pattern pattern, String text) {
        Matcher found = pattern.matcher(text);
        assertThat(found.find()).isTrue();
        return found.group();
    }
}
