package io.github.penagent.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.penagent.peers.FakePen;
import io.github.penagent.peers.HttpBackend;
import io.github.penagent.peers.HttpTraffic;
import io.github.penagent.peers.MetricsPage;
import io.github.penagent.peers.MetricsPage.Sample;
import io.github.penagent.peers.PenScript;
import io.github.penagent.peers.RealPen;
import io.github.penagent.peers.RunningAgent;
import io.github.penagent.penctl.Endpoint;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The listener of the running jar, with one pen that answers and one that does not. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EndpointsIT {
    private static final Duration SOON = Duration.ofSeconds(15);

    private final HttpBackend backend = HttpBackend.start();
    private final RealPen pen = RealPen.with().backend(backend).start();
    private final RunningAgent agent = RunningAgent.with()
            .pen("web", pen)
            .pen("down", new Endpoint.Tcp("127.0.0.1", 1))
            .set("poll.interval = 200ms")
            .set("recent-clients { interval = 1s, top = 2 }")
            .start();

    @BeforeAll
    void someTraffic() throws IOException {
        HttpTraffic traffic = HttpTraffic.to(pen.listenPort());
        assertThat(traffic.get("127.0.0.77", 12_345)).isEqualTo(200);
        await("clients read")
                .atMost(SOON)
                .until(() -> !agent.metrics().all("pen_client_sent_bytes_total").isEmpty());
        agent.afterPolls(1, "web");
    }

    @AfterAll
    void end() {
        agent.close();
        pen.close();
        backend.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /                      | text/html; charset=utf-8
            /metrics               | text/plain; version=0.0.4; charset=utf-8
            /metrics?pen=web       | text/plain; version=0.0.4; charset=utf-8
            /probe?target=web      | text/plain; version=0.0.4; charset=utf-8
            /probe?target=down     | text/plain; version=0.0.4; charset=utf-8
            /-/healthy             | text/plain; charset=utf-8
            /-/ready               | text/plain; charset=utf-8
            /sd/targets            | application/json
            /config                | application/json
            /api/v1/pens           | application/json
            /api/v1/pens/web       | application/json
            /api/v1/pens/down      | application/json
            /api/v1/decisions      | application/json
            """)
    void every_path_answers_to_get_and_head_and_refuses_to_write(String path, String contentType) {
        HttpResponse<String> answer = agent.get(path);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains(contentType);
        assertThat(answer.body()).isNotEmpty();

        HttpResponse<String> head = agent.request("HEAD", path, HttpResponse.BodyHandlers.ofString());
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.headers().firstValue("Content-Type")).contains(contentType);
        assertThat(head.headers().firstValueAsLong("Content-Length").orElse(0)).isPositive();
        assertThat(head.body()).isEmpty();

        for (String method : new String[] {"POST", "PUT", "DELETE", "PATCH"}) {
            HttpResponse<String> refused = agent.request(method, path, HttpResponse.BodyHandlers.ofString());
            assertThat(refused.statusCode()).as(method).isEqualTo(405);
            assertThat(refused.headers().firstValue("Allow").orElse(""))
                    .contains("GET")
                    .doesNotContain(method);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /nothing                       | 404
            /api/v1/pens/nobody            | 404
            /api/v1/pens/web/holds/x       | 404
            /-/reload                      | 404
            /metrics?pen=nobody            | 400
            /metrics?pen=web&pen=nobody    | 400
            /probe                         | 400
            /probe?target=                 | 400
            /probe?target=nobody           | 400
            /probe?target=web&target=down  | 400
            /api/v1/decisions?pen=nobody   | 400
            /api/v1/decisions?limit=0      | 400
            """)
    void what_is_not_there_is_refused(String path, int status) {
        assertThat(agent.get(path).statusCode()).isEqualTo(status);
    }

    @Test
    void open_metrics_ends_with_its_mark_however_narrow_the_page() {
        for (String path : new String[] {
            "/metrics", "/metrics?pen=web", "/metrics?name[]=pen_up", "/metrics?name[]=none", "/probe?target=down"
        }) {
            HttpResponse<String> page = agent.get(path, "Accept", RunningAgent.OPEN_METRICS);
            assertThat(page.headers().firstValue("Content-Type"))
                    .contains("application/openmetrics-text; version=1.0.0; charset=utf-8");
            assertThat(page.body()).as(path).endsWith("# EOF\n").containsOnlyOnce("# EOF");
        }
    }

    @Test
    void the_page_is_narrowed_to_pens() {
        MetricsPage web = MetricsPage.parse(agent.get("/metrics?pen=web").body());
        assertThat(pens(web)).containsExactly("web");
        assertThat(web.samples()).allMatch(sample -> sample.labels().containsKey("pen"));
        assertThat(names(web)).contains("pen_up", "pen_server_sent_bytes_total");
        assertThat(pens(MetricsPage.parse(agent.get("/metrics?pen=web&pen=down").body())))
                .containsExactlyInAnyOrder("web", "down");
        assertThat(pens(MetricsPage.parse(agent.get("/probe?target=down").body())))
                .containsExactly("down");
    }

    @Test
    void the_page_is_narrowed_to_metrics() {
        assertThat(names(MetricsPage.parse(agent.get("/metrics?name[]=pen_up").body())))
                .containsExactly("pen_up");
        assertThat(names(MetricsPage.parse(agent.get(
                                "/metrics?name%5B%5D=pen_up&name%5B%5D=pen_server_sent_bytes_total&name[]=jvm_threads_live_threads")
                        .body())))
                .containsExactlyInAnyOrder("pen_up", "pen_server_sent_bytes_total", "jvm_threads_live_threads");
        MetricsPage both = MetricsPage.parse(
                agent.get("/metrics?pen=down&name[]=pen_up&name[]=pen_servers").body());
        assertThat(both.samples()).hasSize(1);
        assertThat(both.value("pen_up", "pen", "down")).isZero();
    }

    private static Set<String> pens(MetricsPage page) {
        return page.samples().stream()
                .map(sample -> sample.labels().getOrDefault("pen", ""))
                .collect(Collectors.toSet());
    }

    private static Set<String> names(MetricsPage page) {
        return page.samples().stream().map(Sample::name).collect(Collectors.toSet());
    }

    @Test
    void the_page_is_compressed_for_those_who_ask() throws IOException {
        HttpResponse<byte[]> packed =
                agent.request("GET", "/metrics", HttpResponse.BodyHandlers.ofByteArray(), "Accept-Encoding", "gzip");
        assertThat(packed.headers().firstValue("Content-Encoding")).contains("gzip");
        byte[] page = new GZIPInputStream(new ByteArrayInputStream(packed.body())).readAllBytes();
        assertThat(page.length).isGreaterThan(3 * packed.body().length);
        assertThat(names(MetricsPage.parse(new String(page, StandardCharsets.UTF_8))))
                .contains("pen_up", "process_cpu_seconds_total");
        assertThat(agent.get("/metrics").headers().firstValue("Content-Encoding"))
                .isEmpty();
    }

    @Test
    void json_says_what_the_page_says() {
        JsonObject web = new JsonObject(agent.get("/api/v1/pens/web").body());
        assertThat(web.getBoolean("up")).isTrue();
        assertThat(web.getString("listen")).isEqualTo(pen.listen());
        assertThat(web.getLong("acceptedConnections"))
                .isEqualTo((long) agent.metrics().value("pen_accepted_connections_total", "pen", "web"));
        JsonObject server = web.getJsonArray("backends").getJsonObject(0);
        assertThat(server.getString("address")).isEqualTo("127.0.0.1:" + backend.port());
        assertThat(server.getLong("sentBytes")).isEqualTo(backend.received());
        assertThat(server.getLong("receivedBytes")).isEqualTo(backend.sent());

        JsonObject down = new JsonObject(agent.get("/api/v1/pens/down").body());
        assertThat(down.getBoolean("up")).isFalse();
        assertThat(down.getJsonObject("failure").getString("reason")).isEqualTo("connect");
        assertThat(down.containsKey("backends")).isFalse();

        JsonObject all = new JsonObject(agent.get("/api/v1/pens").body());
        assertThat(all.getJsonArray("pens")).hasSize(2);
    }

    @Test
    void addresses_of_clients_stay_out_of_json_and_status_page_unless_allowed() {
        for (String path : new String[] {"/", "/api/v1/pens", "/api/v1/pens/web", "/config"}) {
            assertThat(agent.get(path).body()).as(path).doesNotContain("127.0.0.77");
        }
    }

    @Test
    void the_configuration_in_force_is_shown_with_its_defaults() {
        JsonObject shown = new JsonObject(agent.get("/config").body()).getJsonObject("pen-agent");
        assertThat(shown.getJsonArray("pens").getJsonObject(0).getString("control"))
                .isEqualTo(pen.controlEndpoint().toString());
        assertThat(shown.getJsonObject("poll").getString("interval")).isEqualTo("200ms");
        assertThat(shown.getJsonObject("poll").getString("deadline")).isEqualTo("2s");
    }

    @Test
    void a_pen_that_is_down_keeps_its_poll_metrics_and_what_the_agent_did_and_has_no_others() {
        MetricsPage down = MetricsPage.parse(agent.get("/metrics?pen=down").body());
        assertThat(names(down))
                .containsExactlyInAnyOrder(
                        "pen_up",
                        "pen_poll_duration_seconds",
                        "pen_polls_total",
                        "pen_poll_failures_total",
                        "pen_polls_skipped_total",
                        "pen_process_id_changes_total",
                        "pen_remediation_mode",
                        "pen_remediation_panic",
                        "pen_ejection_budget_servers",
                        "pen_ejections_total",
                        "pen_ejection_renewals_total",
                        "pen_ejection_lifts_total",
                        "pen_ejections_suppressed_total",
                        "pen_ejection_verify_failures_total");
    }

    @Test
    void it_is_ready_once_every_pen_was_tried_and_healthy_all_the_time() {
        AtomicBoolean released = new AtomicBoolean();
        PenScript silence = visit -> {
            visit.command();
            while (!released.get()) {
                visit.pause(Duration.ofMillis(20));
            }
        };
        try (FakePen silent = FakePen.that(silence);
                RunningAgent starting = RunningAgent.with()
                        .pen("web", pen)
                        .pen("silent", silent.endpoint())
                        .set("poll { interval = 200ms, deadline = 1m }")
                        .launch()) {
            await("the other pen was tried")
                    .atMost(SOON)
                    .until(() -> starting.metrics().value("pen_up", "pen", "web") == 1);
            assertThat(starting.get("/-/ready").statusCode()).isEqualTo(503);
            assertThat(starting.get("/-/healthy").statusCode()).isEqualTo(200);
            released.set(true);
            await("ready").atMost(SOON).until(() -> starting.get("/-/ready").statusCode() == 200);
            assertThat(starting.metrics().value("pen_up", "pen", "silent")).isZero();
            assertThat(starting.get("/-/healthy").statusCode()).isEqualTo(200);
        }
    }
}
