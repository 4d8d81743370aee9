package io.github.penagent.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What stands before everything that can be read. */
class ReadGateTest {
    private static final PasswordHash HASH =
            new PasswordHash("$2y$05$XyGoL7wrc.tPBxRvaTgZQOcz7lrLLF7ttTrRebIL1Wr5WfNM5h5PC");

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient http = HttpClient.newHttpClient();

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void every_answer_tells_browsers_what_they_may_not_do_and_nobody_else_that_they_may() throws Exception {
        int port = start(Map.of(), Map.of("Strict-Transport-Security", "max-age=1"), Optional.empty());
        for (String path : List.of("/metrics", "/", "/config", "/nowhere", "/-/healthy")) {
            HttpResponse<String> answer = get(port, path, "X", "y");
            assertThat(answer.headers().map())
                    .as(path)
                    .containsEntry("x-content-type-options", List.of("nosniff"))
                    .containsEntry("x-frame-options", List.of("deny"))
                    .containsEntry("referrer-policy", List.of("no-referrer"))
                    // The page itself may be kept, if it is asked for anew each time.
                    .containsEntry("cache-control", List.of(path.equals("/") ? "no-cache" : "no-store"))
                    .containsKey("content-security-policy")
                    .doesNotContainKeys("access-control-allow-origin", "strict-transport-security");
        }
    }

    @Test
    void the_files_headers_stand_instead_of_ours() throws Exception {
        int port = start(Map.of(), Map.of("X-Frame-Options", "sameorigin"), Optional.empty());

        assertThat(get(port, "/metrics", "X", "y").headers().firstValue("X-Frame-Options"))
                .contains("sameorigin");
    }

    @Test
    void with_users_every_path_wants_one_of_them() throws Exception {
        int port = start(Map.of("ann", HASH), Map.of(), Optional.empty());
        for (String path : List.of("/metrics", "/-/healthy", "/nowhere", "/")) {
            for (String words : List.of("x", basic("ann", "wrong"), basic("bob", "secret-password"), "Basic %%%")) {
                HttpResponse<String> answer = get(port, path, "Authorization", words);
                assertThat(answer.statusCode()).as(words).isEqualTo(401);
                assertThat(answer.headers().firstValue("WWW-Authenticate")).contains("Basic");
            }
        }
        assertThat(get(port, "/metrics", "Authorization", basic("ann", "secret-password"))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void requests_over_the_rate_are_told_so() throws Exception {
        int port = start(Map.of(), Map.of(), Optional.of(new RequestRate(Duration.ofHours(1), 2)));

        assertThat(List.of(
                        get(port, "/metrics", "X", "y").statusCode(),
                        get(port, "/metrics", "X", "y").statusCode(),
                        get(port, "/metrics", "X", "y").statusCode()))
                .containsExactly(200, 200, 429);
    }

    @Test
    void a_body_is_refused_before_it_is_read() throws Exception {
        int port = start(Map.of(), Map.of(), Optional.empty());
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics"))
                .method("GET", BodyPublishers.ofString("x"))
                .build();

        HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(answer.headers().firstValue("Connection")).contains("close");
    }

    @Test
    void what_is_updated_is_in_force_for_the_next_request_and_a_moved_address_is_said() throws Exception {
        WebServer server = listen(settings(0, Access.OPEN));
        int port = server.port();
        assertThat(get(port, "/metrics", "X", "y").statusCode()).isEqualTo(200);

        Access closed = new Access(Optional.empty(), Optional.empty(), Map.of("ann", HASH), Map.of(), Optional.empty());
        assertThat(updated(server, settings(0, closed))).isEmpty();
        assertThat(get(port, "/metrics", "X", "y").statusCode()).isEqualTo(401);
        assertThat(updated(server, settings(1, closed)))
                .contains("another address needs a restart, until which it is 127.0.0.1:0");
        assertThat(updated(server, settings(0, Access.OPEN))).isEmpty();
        assertThat(get(port, "/metrics", "X", "y").statusCode()).isEqualTo(200);
    }

    private static Optional<String> updated(WebServer server, WebSettings settings) {
        return server.update(settings).toCompletionStage().toCompletableFuture().join();
    }

    private static WebSettings settings(int port, Access access) {
        return new WebSettings(new ListenAddress("127.0.0.1", port), Optional.empty(), false, access, access);
    }

    private int start(Map<String, PasswordHash> users, Map<String, String> headers, Optional<RequestRate> rate) {
        return listen(settings(0, new Access(Optional.empty(), Optional.empty(), users, headers, rate)))
                .port();
    }

    private WebServer listen(WebSettings settings) {
        Sources sources = new Sources(
                request -> ScrapeAnswer.plain(new byte[0]),
                List::of,
                name -> Optional.empty(),
                List::of,
                () -> true,
                () -> true,
                () -> "{}",
                "1");
        return WebServer.listen(vertx, settings, sources)
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    private HttpResponse<String> get(int port, String path, String name, String value) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
        return http.send(request.header(name, value).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static String basic(String user, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }
}
