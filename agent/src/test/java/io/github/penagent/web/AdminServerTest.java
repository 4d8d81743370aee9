package io.github.penagent.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.penagent.peers.Certificates;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is let in, how much of it, and what is answered. */
class AdminServerTest {
    private static final String TOKEN = "correct-horse-battery";
    private static final String GOOD = "{\"version\":\"4\",\"alerts\":[]}";
    private static final String HASH = "$2y$05$XyGoL7wrc.tPBxRvaTgZQOcz7lrLLF7ttTrRebIL1Wr5WfNM5h5PC";
    private static final Access BEARING = Access.bearing(new Token.Word(new Secret(TOKEN)));
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient http = HttpClient.newHttpClient();
    private final List<List<PostedAlert>> heard = new CopyOnWriteArrayList<>();
    private final List<Integer> answered = new CopyOnWriteArrayList<>();
    private volatile Optional<CompletionStage<Map<String, Integer>>> outcome =
            Optional.of(CompletableFuture.completedFuture(Map.of("accepted", 2)));
    private final Map<String, Object> wanted = new ConcurrentHashMap<>();
    private volatile Change change = new Change.Done();
    private final Wishes wishes = new Wishes() {
        @Override
        public CompletionStage<Change> hold(String pen, String address, PostedHold hold) {
            return noted(pen + " " + address, hold);
        }

        @Override
        public CompletionStage<Change> unhold(String pen, String address) {
            return noted(pen + " " + address, "none");
        }

        @Override
        public CompletionStage<Change> killSwitch(boolean on) {
            return noted("kill switch", on);
        }

        private CompletionStage<Change> noted(String what, Object wish) {
            wanted.put(what, wish);
            return CompletableFuture.completedFuture(change);
        }
    };
    private volatile CompletionStage<Optional<String>> reloaded = CompletableFuture.completedFuture(Optional.empty());
    private final int port = start(settings(BEARING));

    private static AdminSettings settings(Access access) {
        return new AdminSettings(new ListenAddress("127.0.0.1", 0), access, access);
    }

    private int start(AdminSettings settings) {
        AdminSources sources = new AdminSources(
                alerts -> {
                    heard.add(alerts);
                    return outcome;
                },
                answered::add,
                wishes,
                () -> reloaded);
        return AdminServer.listen(vertx, settings, sources)
                .toCompletionStage()
                .toCompletableFuture()
                .join()
                .port();
    }

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void a_message_of_one_who_has_the_token_is_heard_and_what_became_of_it_is_told() throws Exception {
        HttpResponse<String> answer = post("/api/v1/alerts", GOOD);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"accepted\":2}");
        assertThat(answer.headers().firstValue("Connection")).contains("close");
        assertThat(heard).containsExactly(List.of());
        await().atMost(PATIENCE).until(() -> answered.equals(List.of(200)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Bearer",
                "Bearer ",
                "Bearer correct-horse-batter",
                "Bearer correct-horse-battery2",
                "Basic Y29ycmVjdC1ob3JzZS1iYXR0ZXJ5",
                "correct-horse-battery"
            })
    @Execution(ExecutionMode.CONCURRENT)
    void without_the_token_nothing_is_heard_and_nothing_is_told_of_what_is_there(String given) throws Exception {
        for (String path : List.of("/api/v1/alerts", "/nowhere")) {
            HttpRequest.Builder request = request(path, GOOD);
            if (!given.isEmpty()) {
                request.header("Authorization", given);
            }
            HttpResponse<String> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());

            assertThat(answer.statusCode()).isEqualTo(401);
            assertThat(answer.headers().firstValue("WWW-Authenticate")).contains("Bearer realm=\"pen-agent\"");
        }
        assertThat(heard).isEmpty();
        assertThat(answered).containsExactly(401);
    }

    @ParameterizedTest
    @CsvSource({"GET, /api/v1/alerts, 405", "PUT, /api/v1/alerts, 405", "POST, /, 404", "POST, /metrics, 404"})
    void there_is_nothing_else(String method, String path, int status) throws Exception {
        HttpRequest request = request(path, GOOD)
                .header("Authorization", "Bearer " + TOKEN)
                .method(method, BodyPublishers.noBody())
                .build();

        assertThat(http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(status);
    }

    @Test
    void what_is_malformed_is_refused_with_the_rule_and_not_asked_for_again() throws Exception {
        HttpResponse<String> answer = post("/api/v1/alerts", "{\"version\":\"5\",\"alerts\":[]}");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).isEqualTo("version must be \"4\"\n");
        assertThat(heard).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1_048_577, 20_000_000})
    void what_is_too_large_is_refused_before_it_is_kept(int bytes) throws Exception {
        HttpResponse<String> answer = post("/api/v1/alerts", " ".repeat(bytes));

        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(heard).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"text/plain,", "application/x-www-form-urlencoded,", "application/json, gzip"})
    void what_a_page_could_make_a_browser_send_and_what_would_have_to_be_unpacked_is_refused(
            String type, String encoding) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri("/api/v1/alerts"))
                .header("Authorization", "Bearer " + TOKEN)
                .header("Content-Type", type)
                .POST(BodyPublishers.ofString(GOOD));
        if (encoding != null) {
            request.header("Content-Encoding", encoding);
        }

        assertThat(http.send(request.build(), HttpResponse.BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(415);
        assertThat(heard).isEmpty();
    }

    @Test
    void a_core_that_is_too_busy_or_breaks_has_the_sender_try_again() throws Exception {
        outcome = Optional.empty();
        assertThat(post("/api/v1/alerts", GOOD).statusCode()).isEqualTo(503);
        outcome = Optional.of(CompletableFuture.failedFuture(new IllegalStateException("late")));
        assertThat(post("/api/v1/alerts", GOOD).statusCode()).isEqualTo(503);
    }

    @Test
    void a_flood_of_messages_is_told_to_come_later() throws Exception {
        List<CompletableFuture<Integer>> answers = new ArrayList<>();
        int most = 0;
        for (int round = 0; round < 30 && most != 503; round++) {
            for (int i = 0; i < 40; i++) {
                HttpRequest request = request("/api/v1/alerts", GOOD)
                        .header("Authorization", "Bearer " + TOKEN)
                        .build();
                answers.add(http.sendAsync(request, HttpResponse.BodyHandlers.discarding())
                        .thenApply(HttpResponse::statusCode));
            }
            for (CompletableFuture<Integer> answer : answers) {
                most = Math.max(most, answer.get());
            }
            answers.clear();
        }

        assertThat(most).isEqualTo(503);
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void who_connects_and_says_nothing_takes_one_of_few_places_for_a_short_time() throws Exception {
        List<Socket> idle = new ArrayList<>();
        try {
            for (int i = 0; i < 64; i++) {
                idle.add(new Socket(InetAddress.getLoopbackAddress(), port));
            }
            await("a full house").atMost(PATIENCE).until(() -> refused());
            await("room again")
                    .atMost(PATIENCE)
                    .ignoreExceptions()
                    .until(() -> post("/api/v1/alerts", GOOD).statusCode() == 200);
        } finally {
            for (Socket socket : idle) {
                socket.close();
            }
        }
    }

    private boolean refused() throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(500);
            return socket.getInputStream().read() < 0;
        } catch (java.net.SocketException e) {
            return true;
        } catch (java.net.SocketTimeoutException e) {
            return false;
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void a_body_that_drips_is_given_up() throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream()
                    .write(("POST /api/v1/alerts HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer " + TOKEN
                                    + "\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{")
                            .getBytes(StandardCharsets.US_ASCII));
            socket.setSoTimeout((int) PATIENCE.toMillis());
            InputStream in = socket.getInputStream();

            assertThat(new String(in.readNBytes(12), StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 408");
            while (in.read() >= 0) {}
        }
        assertThat(heard).isEmpty();
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void client_certificates_let_in_only_those_who_have_one(@TempDir Path folder) throws Exception {
        Certificates.inPem(folder, "server", "known", "stranger");
        TlsSettings tls = new TlsSettings(
                Files.readString(folder.resolve("server.crt")),
                new Secret(Files.readString(folder.resolve("server.key"))),
                Optional.of(Files.readString(folder.resolve("known.crt"))),
                ClientPolicy.REQUIRE_AND_VERIFY,
                Set.of(),
                TlsSettings.PROTOCOLS,
                List.of());
        int secured =
                start(settings(new Access(Optional.of(tls), Optional.empty(), Map.of(), Map.of(), Optional.empty())));
        HttpRequest request = HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + secured + "/api/v1/alerts"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(GOOD))
                .build();

        assertThat(client(folder, "known")
                        .send(request, HttpResponse.BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(200);
        for (String name : List.of("stranger", "")) {
            assertThatThrownBy(() -> client(folder, name).send(request, HttpResponse.BodyHandlers.ofString()))
                    .isInstanceOf(IOException.class);
        }
        assertThat(heard).hasSize(1);
    }

    private static HttpClient client(Path folder, String name) throws Exception {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        char[] password = Certificates.PASSWORD.toCharArray();
        KeyStore own = KeyStore.getInstance("PKCS12");
        own.load(name.isEmpty() ? null : Files.newInputStream(folder.resolve(name + ".p12")), password);
        keys.init(own, password);
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(Certificates.trusting(folder.resolve("server.p12")));
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return HttpClient.newBuilder().sslContext(context).build();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    10.0.0.1%3A80        | 10.0.0.1:80
                    10.0.0.1:80          | 10.0.0.1:80
                    %5B2001%3Adb8%3A%3A1%5D%3A80 | [2001:db8::1]:80
                    %2Frun%2Fweb.sock    | /run/web.sock
                    """)
    void a_hold_reaches_the_backend_that_its_path_names(String written, String address) throws Exception {
        String path = "/api/v1/pens/web/holds/" + written;
        HttpResponse<String> answer =
                send("PUT", path, "{\"kind\":\"keep-in\",\"owner\":\"ann\",\"reason\":\"move\",\"expiry\":\"1h30m\"}");

        assertThat(answer.body()).contains("\"hold\":\"keep-in\"").contains("\"until\":\"2");
        assertThat(wanted)
                .containsEntry(
                        "web " + address,
                        new PostedHold(HoldKind.KEEP_IN, "ann (token)", "move", Duration.ofMinutes(90)));
        assertThat(send("DELETE", path, "").statusCode()).isEqualTo(200);
        assertThat(wanted).containsEntry("web " + address, "none");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {"kind":"keep","reason":"r","expiry":"1h"}                    | kind must be keep-in, keep-out or ignore
                    {"kind":"keep-in","expiry":"1h"}                              | reason must be text of 1 to 500 characters, in one line
                    {"kind":"keep-in","reason":"a\\nb","expiry":"1h"}             | reason must be text of 1 to 500 characters, in one line
                    {"kind":"keep-in","reason":"r","owner":7,"expiry":"1h"}       | owner must be text of 1 to 100 characters, in one line
                    {"kind":"keep-in","reason":"r"}                               | expiry must be text of 1 to 64 characters, in one line
                    {"kind":"keep-in","reason":"r","expiry":"25h"}                | expiry must be a time from now such as 90s, 30m or 1h30m, or as in RFC 3339, at most 24h from now
                    {"kind":"keep-in","reason":"r","expiry":"0s"}                 | expiry must be a time from now such as 90s, 30m or 1h30m, or as in RFC 3339, at most 24h from now
                    {"kind":"keep-in","reason":"r","expiry":"2020-01-01T00:00:00Z"} | expiry must be a time from now such as 90s, 30m or 1h30m, or as in RFC 3339, at most 24h from now
                    {"kind":"keep-in","reason":"r","expiry":"1h","until":"x"}     | the body must have no fields but kind, owner, reason and expiry
                    [1]                                                           | the body must be a JSON object
                    """)
    void a_hold_that_makes_no_sense_is_refused_by_field_and_rule(String body, String rule) throws Exception {
        HttpResponse<String> answer = send("PUT", "/api/v1/pens/web/holds/a:1", body);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).isEqualTo(rule + "\n");
        assertThat(wanted).isEmpty();
    }

    @Test
    void what_could_not_be_done_is_said() throws Exception {
        String good = "{\"kind\":\"ignore\",\"reason\":\"r\",\"expiry\":\"60s\"}";
        change = new Change.Unknown("there is no pen of this name");
        assertThat(send("PUT", "/api/v1/pens/x/holds/a:1", good).statusCode()).isEqualTo(404);
        change = new Change.Failed("the disk is full");
        HttpResponse<String> failed = send("POST", "/api/v1/kill-switch", "");
        assertThat(failed.statusCode()).isEqualTo(500);
        assertThat(failed.body()).isEqualTo("the disk is full\n");
    }

    @Test
    void the_kill_switch_is_thrown_and_lifted() throws Exception {
        assertThat(send("POST", "/api/v1/kill-switch", "").body()).isEqualTo("{\"killSwitch\":true}");
        assertThat(wanted).containsEntry("kill switch", true);
        assertThat(send("DELETE", "/api/v1/kill-switch", "").body()).isEqualTo("{\"killSwitch\":false}");
        assertThat(wanted).containsEntry("kill switch", false);
    }

    @Test
    void a_reload_ends_in_200_or_in_the_reason() throws Exception {
        assertThat(send("POST", "/-/reload", "").statusCode()).isEqualTo(200);
        assertThat(send("PUT", "/-/reload", "").statusCode()).isEqualTo(200);
        assertThat(send("GET", "/-/reload", "").statusCode()).isEqualTo(405);
        assertThat(send("POST", "/-/reload", "x").statusCode()).isEqualTo(400);
        reloaded = CompletableFuture.completedFuture(Optional.of("line 3: unknown key"));
        HttpResponse<String> bad = send("POST", "/-/reload", "");
        assertThat(bad.statusCode()).isEqualTo(500);
        assertThat(bad.body()).isEqualTo("line 3: unknown key\n");
    }

    @Test
    void a_page_in_a_browser_changes_nothing() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(uri("/api/v1/kill-switch"))
                .header("Authorization", "Bearer " + TOKEN)
                .header("Origin", "https://elsewhere.example")
                .POST(BodyPublishers.noBody())
                .build();

        assertThat(http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(403);
        assertThat(wanted).isEmpty();
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void a_token_may_be_known_by_its_hash_alone_and_users_by_their_passwords() throws Exception {
        PasswordHash hash = new PasswordHash(HASH);
        int other = start(settings(new Access(
                Optional.empty(),
                Optional.of(new Token.Hashed(hash)),
                Map.of("ann", hash),
                Map.of(),
                Optional.empty())));
        for (String right : List.of("Bearer secret-password", basic("ann", "secret-password"))) {
            assertThat(authorized(other, right)).as(right).isEqualTo(200);
        }
        for (String wrong : List.of("Bearer other", basic("bob", "secret-password"), basic("ann", "other"))) {
            assertThat(authorized(other, wrong)).as(wrong).isEqualTo(401);
        }
    }

    private int authorized(int other, String words) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + other + "/-/reload"))
                .header("Authorization", words)
                .POST(BodyPublishers.noBody())
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode();
    }

    private static String basic(String user, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    private HttpResponse<String> send(String method, String path, String body) throws Exception {
        HttpRequest request = request(path, body)
                .header("Authorization", "Bearer " + TOKEN)
                .method(method, BodyPublishers.ofString(body))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void the_token_shows_nowhere() {
        assertThat(settings(BEARING).toString()).contains("<secret>").doesNotContain(TOKEN);
    }

    private HttpResponse<String> post(String path, String body) throws Exception {
        HttpRequest request =
                request(path, body).header("Authorization", "Bearer " + TOKEN).build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path, String body) {
        return HttpRequest.newBuilder(uri(path))
                .timeout(PATIENCE)
                .header("Content-Type", "application/json; charset=utf-8")
                .POST(BodyPublishers.ofString(body));
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }
}
