package io.github.penagent.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.penagent.acceptance.ScrapeProxy.Scrape;
import io.github.penagent.peers.HttpBackend;
import io.github.penagent.peers.HttpTraffic;
import io.github.penagent.peers.RealPen;
import io.github.penagent.peers.RealPrometheus;
import io.github.penagent.peers.RunningAgent;
import io.github.penagent.penctl.Endpoint;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One Prometheus reads one agent in every way there is: what it makes of that must be the same and true. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PrometheusIT {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Duration OFTEN = Duration.ofMillis(250);
    private static final String JOBS = """
            global:
              scrape_interval: 1s
              scrape_timeout: 1s
            scrape_configs:
              - job_name: direct
                static_configs: [{targets: ['%1$s']}]
              - job_name: as-it-asks
                static_configs: [{targets: ['%2$s']}]
              - job_name: text
                static_configs: [{targets: ['%3$s']}]
              - job_name: found
                http_sd_configs: [{url: 'http://%1$s/sd/targets'}]
              - job_name: probe
                metrics_path: /probe
                params: {target: [web]}
                static_configs: [{targets: ['%1$s']}]
            """;

    private final Deque<AutoCloseable> running = new ArrayDeque<>();
    private final RealPen pen = threeBackends();
    private final RunningAgent agent = running(RunningAgent.with()
            .pen("web", pen)
            .pen("down", new Endpoint.Tcp("127.0.0.1", 1))
            .set("poll.interval = 500ms")
            .set("recent-clients { interval = 1s, top = 2 }")
            .start());
    private final ScrapeProxy asItAsks = running(ScrapeProxy.recording(agent));
    private final ScrapeProxy text = running(ScrapeProxy.accepting("text/plain;version=0.0.4", agent));
    private final RealPrometheus prometheus =
            running(RealPrometheus.start(JOBS.formatted(agent.address(), asItAsks.address(), text.address())));

    private <T extends AutoCloseable> T running(T started) {
        running.push(started);
        return started;
    }

    private RealPen threeBackends() {
        RealPen.Builder builder = RealPen.with().options("-r");
        for (int i = 0; i < 3; i++) {
            builder.backend(running(HttpBackend.start()));
        }
        return running(builder.start());
    }

    @BeforeAll
    void useEveryBackend() throws IOException {
        HttpTraffic traffic = HttpTraffic.to(pen.listenPort());
        for (int i = 0; i < 6; i++) {
            assertThat(traffic.get("127.0.0." + (2 + i), 1_000 * i)).isEqualTo(200);
        }
    }

    @AfterEach
    void nothingToComplainAbout() {
        assertThat(prometheus.warnings()).isEmpty();
    }

    @AfterAll
    void end() throws Exception {
        for (AutoCloseable each : running) {
            each.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"direct", "as-it-asks", "text", "found", "probe"})
    void every_way_of_asking_works(String job) {
        await().atMost(SOON).pollInterval(OFTEN).untilAsserted(() -> {
            assertThat(prometheus.value("up{job='" + job + "'}")).isEqualTo(OptionalDouble.of(1));
            assertThat(prometheus.value("pen_up{job='" + job + "',pen='web'}")).isEqualTo(OptionalDouble.of(1));
            assertThat(prometheus.query("pen_server_sent_bytes_total{job='" + job + "'}"))
                    .hasSize(3);
        });
    }

    @Test
    void the_target_of_discovery_is_the_agent_itself() {
        await().atMost(SOON).pollInterval(OFTEN).until(() -> prometheus
                .value("up{job='found',instance='" + agent.address() + "'}")
                .equals(OptionalDouble.of(1)));
    }

    @Test
    void a_probe_shows_one_pen_and_nothing_else() {
        await().atMost(SOON).pollInterval(OFTEN).until(() -> !series("probe").isEmpty());
        assertThat(prometheus.value("count({job='probe',pen!='web',__name__!~'up|scrape_.*'})"))
                .isEmpty();
        assertThat(prometheus.query("pen_up{job!='probe',pen='down'}")).isNotEmpty();
    }

    @Test
    void it_gets_open_metrics_in_gzip_because_it_asks_for_them() {
        await().atMost(SOON)
                .pollInterval(OFTEN)
                .until(() -> asItAsks.scrapes().size() > 1 && text.scrapes().size() > 1);
        assertThat(asItAsks.scrapes()).allSatisfy(scrape -> {
            assertThat(scrape.userAgent()).startsWith("Prometheus/2.");
            assertThat(scrape.accept()).startsWith("application/openmetrics-text;version=1.0.0");
            assertThat(scrape.contentType()).isEqualTo("application/openmetrics-text; version=1.0.0; charset=utf-8");
        });
        assertThat(text.scrapes())
                .extracting(Scrape::contentType)
                .containsOnly("text/plain; version=0.0.4; charset=utf-8");
        for (ScrapeProxy proxy : new ScrapeProxy[] {asItAsks, text}) {
            assertThat(proxy.scrapes()).allSatisfy(scrape -> {
                assertThat(scrape.status()).isEqualTo(200);
                assertThat(scrape.acceptEncoding()).contains("gzip");
                assertThat(scrape.contentEncoding()).isEqualTo("gzip");
                assertThat(scrape.vary()).contains("Accept").contains("Accept-Encoding");
            });
        }
    }

    @Test
    void both_formats_give_the_same_series_and_at_rest_the_same_values() {
        await().atMost(SOON).pollInterval(OFTEN).untilAsserted(() -> {
            Map<Map<String, String>, String> openMetrics = series("as-it-asks");
            Map<Map<String, String>, String> plain = series("text");
            assertThat(openMetrics).hasSizeGreaterThan(100);
            assertThat(plain.keySet()).isEqualTo(openMetrics.keySet());
            plain.keySet().removeIf(PrometheusIT::moves);
            openMetrics.keySet().removeIf(PrometheusIT::moves);
            assertThat(openMetrics).hasSizeGreaterThan(40);
            assertThat(plain).isEqualTo(openMetrics);
        });
    }

    /** What changes from poll to poll, also at rest. */
    private static boolean moves(Map<String, String> labels) {
        String name = labels.getOrDefault("__name__", "");
        return !name.startsWith("pen_")
                || name.startsWith("pen_poll")
                || name.startsWith("pen_agent_poll")
                || name.equals("pen_control_occupancy_ratio");
    }

    /** All that one job brought, without the names of the job and its target. */
    private Map<Map<String, String>, String> series(String job) {
        return objects(prometheus.query("{job='" + job + "'}"))
                .collect(Collectors.toMap(
                        PrometheusIT::labels, each -> each.getJsonArray("value").getString(1)));
    }

    private static Map<String, String> labels(JsonObject series) {
        Map<String, String> labels = new TreeMap<>();
        series.getJsonObject("metric").forEach(label -> labels.put(label.getKey(), (String) label.getValue()));
        labels.remove("job");
        labels.remove("instance");
        return labels;
    }

    private static Stream<JsonObject> objects(JsonArray array) {
        return IntStream.range(0, array.size()).mapToObj(array::getJsonObject);
    }

    /** Where the name of a family depends on the format, both are there. */
    @ParameterizedTest
    @CsvSource({
        "pen_server_sent_bytes, counter",
        "pen_server_sent_bytes_total, counter",
        "pen_server_received_bytes, counter",
        "pen_accepted_connections, counter",
        "pen_poll_failures, counter",
        "pen_process_id_changes, counter",
        "pen_client_connections_total, counter",
        "pen_server_sent_bytes_per_second, gauge",
        "pen_server_connections, gauge",
        "pen_recent_clients, gauge",
        "pen_up, gauge",
        "pen, info",
        "pen_info, gauge",
        "pen_agent_build, info",
        "pen_agent_build_info, gauge",
        "pen_agent_poll_duration_seconds, histogram",
        "jvm_memory_used_bytes, gauge",
        "process_cpu_seconds, counter"
    })
    void prometheusKnowsTypesAndMeanings(String family, String type) {
        await().atMost(SOON).pollInterval(OFTEN).untilAsserted(() -> {
            JsonArray told =
                    prometheus.data("/api/v1/metadata?metric=" + family).getJsonArray(family);
            // One entry, although several targets told it: their words are the same.
            assertThat(told).as(family).hasSize(1);
            assertThat(told.getJsonObject(0).getString("type")).isEqualTo(type);
            assertThat(told.getJsonObject(0).getString("help")).isNotEmpty().doesNotContain("\\");
        });
    }

    @Test
    void per_second_gauges_agree_with_the_rates_of_the_counters_under_steady_load() throws IOException {
        try (SteadyLoad load = SteadyLoad.on(pen.listenPort())) {
            await().atMost(Duration.ofSeconds(60)).pollInterval(OFTEN).untilAsserted(() -> {
                assertThatAveragesAreRates("pen_server_sent_bytes");
                assertThatAveragesAreRates("pen_server_received_bytes");
            });
            assertThat(load.rounds()).isGreaterThan(100);
        }
    }

    /** Over the last 15 seconds, if they were under load throughout. */
    private void assertThatAveragesAreRates(String bytes) {
        String gauge = bytes + "_per_second{job='direct'}[15s]";
        assertThat(prometheus.query("min_over_time(%s) > 0 and count_over_time(%s) >= 14".formatted(gauge, gauge)))
                .hasSize(3);
        JsonArray ratios =
                prometheus.query("avg_over_time(%s) / rate(%s_total{job='direct'}[15s])".formatted(gauge, bytes));
        Set<String> backends = new HashSet<>();
        objects(ratios).forEach(ratio -> {
            backends.add(ratio.getJsonObject("metric").getString("address"));
            assertThat(Double.parseDouble(ratio.getJsonArray("value").getString(1)))
                    .isBetween(0.9, 1.1);
        });
        assertThat(backends).hasSize(3);
    }
}
