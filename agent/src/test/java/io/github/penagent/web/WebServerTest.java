package io.github.penagent.web;

import static io.github.penagent.fleet.Samples.polled;
import static io.github.penagent.fleet.Samples.slots;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.penagent.fleet.Checks;
import io.github.penagent.fleet.Clients;
import io.github.penagent.fleet.FailureReason;
import io.github.penagent.fleet.Observation;
import io.github.penagent.fleet.PenSettings;
import io.github.penagent.fleet.PenState;
import io.github.penagent.fleet.Remedy;
import io.github.penagent.fleet.Samples;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebServerTest {
    private static final String PROMETHEUS = "application/openmetrics-text;version=1.0.0,"
            + "application/openmetrics-text;version=0.0.1;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1";
    private static final String HOSTILE = "/run/<script>alert(1)</script>.sock";

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client = HttpClient.newHttpClient();
    private final AtomicReference<Others> others = new AtomicReference<>(Others.NONE);
    private final AtomicReference<ScrapeRequest> asked = new AtomicReference<>();
    private volatile @Nullable ScrapeAnswer answer;
    private final AtomicBoolean alive = new AtomicBoolean(true);
    private final AtomicBoolean ready = new AtomicBoolean();
    private final CompletableFuture<PenState> fresh = new CompletableFuture<>();
    private final List<PenState> states = List.of(
            PenState.unknown("web")
                    .next(polled("web", 1, 7, slots("10.0.0.1:80", 1, 2, HOSTILE, -1L, 4)))
                    .next(new Observation.SettingsRead(
                            "web",
                            new PenSettings(
                                    "<b>80",
                                    "8888",
                                    "no hash",
                                    OptionalInt.of(500),
                                    OptionalInt.empty(),
                                    OptionalInt.empty())))
                    .next(new Observation.ClientsRead(
                            "web", new Clients(3, 2, List.of(new Clients.Row("192.0.2.7", 1, 2, 3)), 1)))
                    .next(new Observation.Forwards("web", Optional.of(true)))
                    .next(new Observation.Checked(
                            "web",
                            new Checks(List.of(
                                    check("10.0.0.1:80", Checks.Standing.UP, "200 OK"),
                                    check(HOSTILE, Checks.Standing.DOWN, "refused")))))
                    .next(new Observation.Remedied("web", remedy(new Remedy.Ejected(1, HOSTILE, 15_200_000_000L)))),
            PenState.unknown("mail").next(Samples.failed("mail", FailureReason.DENIED)),
            PenState.unknown("new"));
    private final List<DecisionRow> decisions = new CopyOnWriteArrayList<>();
    private final int port = start(false);

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1 | true
                    application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,text/plain;version=1.0.0;q=0.5 | true
                    application/openmetrics-text;q=0.5,text/plain;q=0.9 | false
                    text/plain;q=0.5,application/openmetrics-text;q=0.5 | true
                    application/openmetrics-text;q=0,text/plain;q=0.1 | false
                    application/openmetrics-text;version=2.0.0,text/plain;q=0.1 | false
                    text/plain | false
                    */* | false
                    application/* | false
                    text/html,application/xhtml+xml,*/*;q=0.8 | false
                    application/vnd.google.protobuf;q=1,application/openmetrics-text;q=0.5 | true
                    application/openmetrics-text;q=0.2,*/*;q=0.9 | false
                    nonsense | false
                    """)
    void the_format_is_the_one_that_the_scraper_ranks_higher(String accept, boolean openMetrics) throws Exception {
        HttpResponse<byte[]> page = get("/metrics", "Accept", accept);

        assertThat(request().openMetrics()).isEqualTo(openMetrics);
        assertThat(page.headers().firstValue("Content-Type"))
                .contains(
                        openMetrics
                                ? "application/openmetrics-text; version=1.0.0; charset=utf-8"
                                : "text/plain; version=0.0.4; charset=utf-8");
        assertThat(page.headers().firstValue("Vary")).contains("Accept, Accept-Encoding");
    }

    @Test
    void a_scrape_without_an_accept_header_gets_text() throws Exception {
        assertThat(get("/metrics").statusCode()).isEqualTo(200);
        assertThat(request().openMetrics()).isFalse();
    }

    @Test
    void the_page_is_compressed_only_when_asked() throws Exception {
        HttpResponse<byte[]> plain = get("/metrics");
        HttpResponse<byte[]> packed = get("/metrics", "Accept-Encoding", "gzip");

        assertThat(plain.headers().firstValue("Content-Encoding")).isEmpty();
        assertThat(packed.headers().firstValue("Content-Encoding")).contains("gzip");
        byte[] unpacked = new GZIPInputStream(new ByteArrayInputStream(packed.body())).readAllBytes();
        assertThat(unpacked).isEqualTo(plain.body());
    }

    @ParameterizedTest
    @CsvSource({
        "gzip, true",
        "'deflate, gzip;q=0.5', true",
        "*, true",
        "'*, gzip;q=0', false",
        "deflate, false",
        "identity, false"
    })
    void a_page_that_is_compressed_already_goes_only_to_those_who_take_it(String coding, boolean gzip)
            throws Exception {
        get("/metrics", "Accept-Encoding", coding);

        assertThat(request().gzip()).isEqualTo(gzip);
    }

    @Test
    void what_is_compressed_already_is_sent_as_it_is() throws Exception {
        answer = new ScrapeAnswer(Unpooled.directBuffer().writeBytes(new byte[] {1, 2, 3}), true);

        HttpResponse<byte[]> packed = get("/metrics", "Accept-Encoding", "gzip");

        assertThat(packed.headers().firstValue("Content-Encoding")).contains("gzip");
        assertThat(packed.headers().firstValue("Content-Length")).contains("3");
        assertThat(packed.body()).containsExactly(1, 2, 3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD"})
    void a_page_is_let_go_of_once_it_is_sent(String method) throws Exception {
        ByteBuf page = Unpooled.directBuffer().writeZero(1_000_000);
        answer = new ScrapeAnswer(page, false);

        HttpResponse<byte[]> sent = send(request(port, "/metrics").method(method, HttpRequest.BodyPublishers.noBody()));

        assertThat(sent.headers().firstValue("Content-Length")).contains("1000000");
        await().until(() -> page.refCnt() == 0);
    }

    @Test
    void a_page_is_let_go_of_where_nobody_takes_it() throws Exception {
        ByteBuf page = Unpooled.directBuffer().writeZero(50_000_000);
        answer = new ScrapeAnswer(page, false);
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream()
                    .write("GET /metrics HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(socket.getInputStream().read()).isEqualTo('H');
            assertThat(page.refCnt()).isEqualTo(1);
        }

        await().until(() -> page.refCnt() == 0);
    }

    @Test
    void filters_narrow_the_page() throws Exception {
        get("/metrics?pen=web&pen=mail&name[]=pen_up&name%5B%5D=pen_servers");

        assertThat(request().pens()).containsExactlyInAnyOrder("web", "mail");
        assertThat(request().names()).containsExactlyInAnyOrder("pen_up", "pen_servers");
    }

    @Test
    void a_filter_on_an_unknown_pen_is_an_error_that_names_it() throws Exception {
        HttpResponse<byte[]> answer = get("/metrics?pen=web&pen=nobody");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(text(answer)).isEqualTo("pen: no pen is called nobody\n");
    }

    @ParameterizedTest
    @CsvSource({"/probe", "/probe?target=web&target=mail", "/probe?target=nobody", "/probe?target="})
    void a_probe_needs_exactly_one_known_target(String path) throws Exception {
        HttpResponse<byte[]> answer = get(path);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(text(answer)).startsWith("target: ");
    }

    @Test
    void a_probe_answers_with_that_pen_alone_once_it_was_polled() throws Exception {
        fresh.complete(states.get(0));

        assertThat(get("/probe?target=web", "Accept", PROMETHEUS).statusCode()).isEqualTo(200);
        assertThat(request().pens()).containsExactly("web");
        assertThat(request().openMetrics()).isTrue();
    }

    @Test
    void a_probe_answers_in_time_with_what_is_there_if_the_poll_takes_longer() throws Exception {
        assertThat(get("/probe?target=web", "X-Prometheus-Scrape-Timeout-Seconds", "0.2")
                        .statusCode())
                .isEqualTo(200);
        assertThat(fresh).isNotDone();
    }

    @Test
    void readiness_waits_for_the_pens_and_health_does_not() throws Exception {
        assertThat(get("/-/healthy").statusCode()).isEqualTo(200);
        assertThat(get("/-/ready").statusCode()).isEqualTo(503);

        ready.set(true);

        assertThat(get("/-/ready").statusCode()).isEqualTo(200);
    }

    @Test
    void an_agent_that_polls_no_more_is_not_healthy() throws Exception {
        alive.set(false);

        assertThat(get("/-/healthy").statusCode()).isEqualTo(503);
    }

    @Test
    void the_agent_names_itself_as_a_target() throws Exception {
        assertThat(new JsonArray(text(get("/sd/targets"))))
                .isEqualTo(new JsonArray("[{\"targets\":[\"127.0.0.1:" + port + "\"],\"labels\":{}}]"));
        int advertising = start(true);
        HttpResponse<byte[]> answer = send(request(advertising, "/sd/targets").GET());
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(text(answer)).isEqualTo("[{\"targets\":[\"agent.example:1\"],\"labels\":{}}]");
    }

    @Test
    void every_member_lists_all_members_and_says_who_has_a_pen() throws Exception {
        others.set(new Others("a:1", List.of("a:1", "b:1"), Map.of("smtp", "b:1")));

        assertThat(text(get("/sd/targets"))).isEqualTo("[{\"targets\":[\"a:1\",\"b:1\"],\"labels\":{}}]");
        JsonObject pens = new JsonObject(text(get("/api/v1/pens")));
        assertThat(pens.getJsonArray("agents")).containsExactly("a:1", "b:1");
        assertThat(pens.getJsonObject("elsewhere").getMap()).containsExactly(Map.entry("smtp", "b:1"));
        HttpResponse<byte[]> probe = get("/probe?target=smtp");
        assertThat(probe.statusCode()).isEqualTo(400);
        assertThat(text(probe)).isEqualTo("target: pen smtp is watched by the agent at b:1\n");
        assertThat(text(get("/metrics?pen=smtp"))).isEqualTo("pen: pen smtp is watched by the agent at b:1\n");
        HttpResponse<byte[]> pen = get("/api/v1/pens/smtp");
        assertThat(pen.statusCode()).isEqualTo(404);
        assertThat(text(pen)).isEqualTo("pen smtp is watched by the agent at b:1\n");
    }

    @Test
    void state_is_told_as_json_without_what_is_not_known() throws Exception {
        JsonArray pens = new JsonObject(text(get("/api/v1/pens"))).getJsonArray("pens");

        assertThat(pens).hasSize(3);
        JsonObject web = pens.getJsonObject(0);
        assertThat(web.getBoolean("up")).isTrue();
        assertThat(web.getInteger("connectionsLimit")).isEqualTo(500);
        assertThat(web.containsKey("clientsLimit")).isFalse();
        assertThat(web.containsKey("clients"))
                .as("addresses are private by default")
                .isFalse();
        JsonObject backend = web.getJsonArray("backends").getJsonObject(1);
        assertThat(backend.getString("address")).isEqualTo(HOSTILE);
        assertThat(backend.getValue("sentBytes")).hasToString("18446744073709551615");
        assertThat(backend.containsKey("sentBytesPerSecond")).isFalse();
        assertThat(pens.getJsonObject(1).getJsonObject("failure").getString("reason"))
                .isEqualTo("denied");
        assertThat(pens.getJsonObject(2).containsKey("failure")).isFalse();
    }

    @Test
    void clients_are_told_only_where_allowed() throws Exception {
        int open = start(true);
        String one = text(send(request(open, "/api/v1/pens/web").GET()));

        assertThat(new JsonObject(one).getJsonArray("clients").getJsonObject(0).getString("address"))
                .isEqualTo("192.0.2.7");
        assertThat(text(get("/api/v1/pens/web"))).doesNotContain("192.0.2.7");
    }

    @Test
    void an_unknown_pen_is_not_found() throws Exception {
        assertThat(get("/api/v1/pens/nobody").statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({
        "/, text/html; charset=utf-8",
        "/page.css, text/css; charset=utf-8",
        "/page.js, text/javascript; charset=utf-8"
    })
    void the_page_is_files_of_our_own_that_may_do_nothing_but_ask_us(String path, String type) throws Exception {
        HttpResponse<byte[]> file = get(path);

        assertThat(file.headers().firstValue("Content-Type")).contains(type);
        assertThat(file.headers().firstValue("Content-Security-Policy").orElse(""))
                .startsWith("default-src 'none'")
                .doesNotContain("unsafe", "http:", "https:", "*");
        assertThat(text(file)).doesNotContain("style=\"", "onclick=", "innerHTML", "http://127", "//cdn");
        assertThat(get(path, "If-None-Match", file.headers().firstValue("ETag").orElseThrow())
                        .statusCode())
                .isEqualTo(304);
    }

    @Test
    void without_script_the_page_names_where_everything_is() throws Exception {
        String page = text(get("/"));

        assertThat(page.substring(page.indexOf("<noscript>"), page.indexOf("</noscript>")))
                .contains("/metrics", "/api/v1/pens", "/api/v1/decisions");
        assertThat(page).doesNotContain("10.0.0.1", "<b>80");
    }

    @Test
    void a_backend_says_what_its_checks_saw_and_until_when_it_is_out() throws Exception {
        JsonObject web = new JsonObject(text(get("/api/v1/pens/web")));

        assertThat(web.getBoolean("forwards")).isTrue();
        assertThat(web.getString("mode")).as("pen's own").isEqualTo("no hash");
        assertThat(web.getString("remediationMode")).isEqualTo("dry-run");
        assertThat(web.getBoolean("panic")).isTrue();
        assertThat(web.getInteger("budget")).isEqualTo(1);
        JsonObject in = web.getJsonArray("backends").getJsonObject(0);
        assertThat(in.getBoolean("ejected")).isFalse();
        assertThat(in.containsKey("ejectedUntil")).isFalse();
        JsonObject out = web.getJsonArray("backends").getJsonObject(1);
        assertThat(out.getBoolean("ejected")).isTrue();
        assertThat(out.getString("ejectedUntil")).isEqualTo("2023-11-14T22:13:35.200Z");
        assertThat(out.getJsonArray("checks"))
                .isEqualTo(new JsonArray("[{\"check\":\"home\",\"standing\":\"down\",\"lastSeconds\":0.5,"
                        + "\"message\":\"refused\"}]"));
    }

    @Test
    void a_pen_that_nobody_acts_on_says_nothing_of_it() throws Exception {
        JsonObject mail = new JsonObject(text(get("/api/v1/pens/mail")));

        assertThat(mail.fieldNames()).doesNotContain("forwards", "remediationMode", "panic", "budget");
    }

    @Test
    void decisions_come_newest_first_with_every_guards_words() throws Exception {
        decisions.add(decision(8, "mail"));
        decisions.add(decision(7, "web"));

        JsonArray all = decisions("");

        assertThat(all).extracting(row -> ((JsonObject) row).getLong("id")).containsExactly(8L, 7L);
        assertThat(all.getJsonObject(1)).isEqualTo(new JsonObject("""
                        {"time":"2026-01-02T03:04:05Z","id":7,"pen":"web","server":1,"address":"10.0.0.12:80",
                        "decision":"eject","mode":"enforce","source":"check","evidence":"check home: refused",
                        "guards":[{"guard":"cap","passes":false,"words":"2 of 3 would be out"}],"refusedBy":"cap",
                        "leaseSeconds":20,"outcome":"confirmed","seen":"blacklisted for 20 s"}"""));
    }

    @Test
    void what_a_decision_has_not_is_left_out() throws Exception {
        decisions.add(new DecisionRow(
                Instant.EPOCH,
                1,
                "web",
                -1,
                "",
                "panic",
                "enforce",
                Optional.empty(),
                "all fail",
                List.of(),
                Optional.empty(),
                0,
                Optional.empty(),
                Optional.empty()));

        assertThat(decisions("").getJsonObject(0).fieldNames())
                .containsExactly("time", "id", "pen", "decision", "mode", "evidence", "guards", "leaseSeconds");
    }

    @Test
    void decisions_can_be_narrowed_to_pens_and_to_the_latest() throws Exception {
        for (long id = 300; id > 0; id--) {
            decisions.add(decision(id, id % 2 == 0 ? "mail" : "web"));
        }

        assertThat(decisions("")).hasSize(100);
        assertThat(decisions("?limit=1000")).hasSize(300);
        assertThat(decisions("?pen=web&limit=2"))
                .extracting(row -> ((JsonObject) row).getLong("id"))
                .containsExactly(299L, 297L);
        assertThat(decisions("?pen=web&pen=mail&limit=1000")).hasSize(300);
        assertThat(decisions("?pen=new")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "limit=0",
        "limit=1001",
        "limit=-1",
        "limit=ten",
        "limit=",
        "limit=1&limit=2",
        "limit=99999999999999999999"
    })
    void a_limit_that_makes_no_sense_is_an_error_that_says_what_would(String query) throws Exception {
        HttpResponse<byte[]> answer = get("/api/v1/decisions?" + query);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(text(answer)).isEqualTo("limit: must be given once, as a whole number from 1 to 1000\n");
    }

    @Test
    void decisions_on_an_unknown_pen_are_an_error_that_names_it() throws Exception {
        HttpResponse<byte[]> answer = get("/api/v1/decisions?pen=web&pen=nobody");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(text(answer)).isEqualTo("pen: no pen is called nobody\n");
    }

    @Test
    void nothing_here_can_be_written() throws Exception {
        for (String path : List.of(
                "/metrics", "/probe?target=web", "/-/healthy", "/api/v1/pens", "/api/v1/decisions", "/config", "/")) {
            HttpResponse<byte[]> answer = send(request(port, path).POST(HttpRequest.BodyPublishers.ofString("x")));
            assertThat(answer.statusCode()).as(path).isEqualTo(405);
        }
        assertThat(get("/nothing").statusCode()).isEqualTo(404);
    }

    @Test
    void head_is_answered_as_get_without_a_body() throws Exception {
        HttpResponse<byte[]> answer =
                send(request(port, "/-/healthy").method("HEAD", HttpRequest.BodyPublishers.noBody()));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
    }

    private JsonArray decisions(String query) throws IOException, InterruptedException {
        return new JsonObject(text(get("/api/v1/decisions" + query))).getJsonArray("decisions");
    }

    private static DecisionRow decision(long id, String pen) {
        return new DecisionRow(
                Instant.parse("2026-01-02T03:04:05Z"),
                id,
                pen,
                1,
                "10.0.0.12:80",
                "eject",
                "enforce",
                Optional.of("check"),
                "check home: refused",
                List.of(new DecisionRow.GuardAnswer("cap", false, "2 of 3 would be out")),
                Optional.of("cap"),
                20,
                Optional.of("confirmed"),
                Optional.of("blacklisted for 20 s"));
    }

    private static Checks.Row check(String address, Checks.Standing standing, String message) {
        return new Checks.Row(address, "home", standing, OptionalDouble.of(0.5), 3, 1, message);
    }

    private static Remedy remedy(Remedy.Ejected ejected) {
        Remedy.Tally tally = new Remedy.Tally(Map.of(), Map.of(), Map.of(), Map.of(), 0);
        return new Remedy(2, "dry-run", true, 1, List.of(ejected), tally, OptionalInt.empty(), OptionalDouble.empty());
    }

    private ScrapeRequest request() {
        return Objects.requireNonNull(asked.get(), "the page was not rendered");
    }

    private int start(boolean open) {
        WebSettings settings = WebSettings.open(
                new ListenAddress("127.0.0.1", 0), open ? Optional.of("agent.example:1") : Optional.empty(), open);
        Sources sources = new Sources(
                request -> {
                    asked.set(request);
                    if (answer != null) {
                        return answer;
                    }
                    return ScrapeAnswer.plain("pen_up 1\n".repeat(100).getBytes(StandardCharsets.UTF_8));
                },
                () -> states,
                name -> name.equals("web") ? Optional.of(fresh) : Optional.empty(),
                () -> decisions,
                alive::get,
                ready::get,
                () -> "{}",
                "1.2.3",
                others::get);
        return WebServer.listen(vertx, settings, sources)
                .toCompletionStage()
                .toCompletableFuture()
                .join()
                .port();
    }

    private HttpResponse<byte[]> get(String path, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = request(port, path);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request.GET());
    }

    private static HttpRequest.Builder request(int port, String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path.replace("[]", "%5B%5D")))
                .timeout(Duration.ofSeconds(20));
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private static String text(HttpResponse<byte[]> response) {
        return new String(response.body(), StandardCharsets.UTF_8);
    }
}
