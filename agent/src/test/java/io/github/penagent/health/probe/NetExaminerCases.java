package io.github.penagent.health.probe;

import static io.github.penagent.health.probe.Examination.SHORT;
import static io.github.penagent.health.probe.Examination.assertBad;
import static io.github.penagent.health.probe.Examination.assertGood;
import static io.github.penagent.health.probe.Examination.assertUnknown;
import static io.github.penagent.health.probe.Examination.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.penagent.health.Cause;
import io.github.penagent.health.Question;
import io.github.penagent.health.Result;
import io.github.penagent.peers.FakePen;
import io.github.penagent.peers.PenScript;
import io.github.penagent.peers.Ports;
import io.github.penagent.penctl.Endpoint;
import io.vertx.core.internal.VertxInternal;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Disposable;

/** What the examiner must get right on every kind of socket. */
abstract class NetExaminerCases {
    private static final Question TCP = new Question.Tcp();
    private static final Question SMTP = new Question.Smtp();
    private static final Question DNS_TCP = new Question.Dns(true, "example.org");

    private final Examination examination;

    NetExaminerCases(Examination examination) {
        this.examination = examination;
    }

    @AfterEach
    void close() {
        examination.close();
    }

    static Stream<Question> streams() {
        return Stream.of(get(""), SMTP, DNS_TCP);
    }

    @Test
    void a_tcp_check_is_good_once_connected() {
        try (FakePen server = FakePen.that(PenScript.hangs())) {
            assertGood(examination.of(TCP, address(server)), "connected");

            await().until(() -> server.open() == 0);
        }
    }

    @Test
    void a_port_without_a_listener_refuses() {
        String nobody = "127.0.0.1:" + Ports.free("127.0.0.1");

        assertBad(examination.of(TCP, nobody), Cause.REFUSED, "connection refused");
        assertBad(examination.of(new Question.Dns(false, "example.org"), nobody), Cause.REFUSED, "");
    }

    @Test
    void a_listener_that_accepts_no_more_is_silent() throws IOException {
        List<Socket> waiting = new ArrayList<>();
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            for (int i = 0; i < 4; i++) {
                Socket socket = new Socket();
                waiting.add(socket);
                try {
                    socket.connect(full.getLocalSocketAddress(), 200);
                } catch (IOException e) {
                    break;
                }
            }
            assertBad(
                    examination.of(TCP, "127.0.0.1:" + full.getLocalPort(), SHORT),
                    Cause.SILENT,
                    "no answer to the connect within 300 ms");
        } finally {
            for (Socket socket : waiting) {
                socket.close();
            }
        }
    }

    @Test
    void sockets_and_v6_addresses_can_be_asked_too(@TempDir Path folder) {
        Path socket = folder.resolve("http.sock");
        try (FakePen unix = FakePen.on(socket, PenScript.replies("HTTP/1.0 204 No Content\r\n\r\n"));
                FakePen v6 = FakePen.on("::1", PenScript.hangs())) {
            assertGood(examination.of(get(""), socket.toString()), "status 204");
            assertGood(examination.of(TCP, "[::1]:" + port(v6)), "connected");
            assertThat(unix.connections()).isOne();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/nowhere/at/all.sock", "nowhere", "10.0.0.1:0", "no-such-name.invalid:80", "[x]:1"})
    void an_address_that_cannot_be_asked_says_nothing_of_a_backend(String address) {
        assertThat(examination.of(TCP, address)).isInstanceOf(Result.Unknown.class);
    }

    @Test
    void no_route_is_our_own_trouble() {
        // The all-nodes broadcast address needs a permission that a plain socket lacks.
        assertThat(examination.of(TCP, "255.255.255.255:80")).isInstanceOf(Result.Unknown.class);
    }

    @ParameterizedTest
    @MethodSource("streams")
    void silence_after_the_connect_is_told_as_such(Question question) {
        try (FakePen server = FakePen.that(PenScript.hangs())) {
            assertBad(examination.of(question, address(server), SHORT), Cause.SILENT, "no whole answer within 300 ms");
            await().until(() -> server.open() == 0);
        }
    }

    @ParameterizedTest
    @MethodSource("streams")
    void a_peer_that_drips_has_one_deadline_for_all_of_it(Question question) {
        String slow = question instanceof Question.Http ? "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n" : "220-slow ";
        try (FakePen server = FakePen.that(visit -> {
            for (byte b : slow.repeat(9).getBytes(StandardCharsets.US_ASCII)) {
                visit.send(new byte[] {question == DNS_TCP ? (byte) 1 : b});
                visit.pause(Duration.ofMillis(40));
            }
        })) {
            assertBad(examination.of(question, address(server), SHORT), Cause.SILENT, "no whole answer");
        }
    }

    @ParameterizedTest
    @MethodSource("streams")
    void a_peer_that_never_ends_is_wrong(Question question) {
        try (FakePen server = FakePen.that(visit -> {
            byte[] lines = new byte[8192];
            Arrays.fill(lines, (byte) 7);
            while (true) {
                visit.send(lines);
            }
        })) {
            assertBad(examination.of(question, address(server)), Cause.WRONG, "");
            await().until(() -> server.open() == 0);
        }
    }

    @ParameterizedTest
    @MethodSource("streams")
    void an_end_before_the_whole_answer_is_told_as_such(Question question) {
        try (FakePen server = FakePen.that(visit -> visit.send(new byte[] {'2'}))) {
            assertThat(examination.of(question, address(server)))
                    .isInstanceOfSatisfying(
                            Result.Bad.class, bad -> assertThat(bad.cause()).isEqualTo(Cause.CLOSED));
        }
    }

    @ParameterizedTest
    @MethodSource("streams")
    void a_reset_is_an_end(Question question) {
        try (FakePen server = FakePen.that(PenScript.resetsAtOnce())) {
            assertBad(examination.of(question, address(server)), Cause.CLOSED, "before the whole answer");
        }
    }

    @Test
    void cancelling_closes_the_connection() {
        try (FakePen server = FakePen.that(PenScript.hangs())) {
            Disposable asked = examination
                    .begun(get(""), address(server), Duration.ofSeconds(60))
                    .subscribe();
            await().until(() -> server.open() == 1);

            asked.dispose();

            await().until(() -> server.open() == 0);
        }
    }

    @Test
    void a_silence_during_which_our_own_loop_stood_still_says_nothing() throws InterruptedException {
        CountDownLatch go = new CountDownLatch(1);
        try (FakePen server = FakePen.that(PenScript.hangs())) {
            List<Result> results = new CopyOnWriteArrayList<>();
            examination.begun(get(""), address(server), SHORT).subscribe(results::add);
            await().until(() -> server.connections() == 1);
            ((VertxInternal) examination.vertx).nettyEventLoopGroup().next().execute(() -> {
                try {
                    go.await(800, TimeUnit.MILLISECONDS);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });

            await().until(() -> results.size() == 1);

            assertUnknown(results.get(0), "held up");
        }
    }

    @Test
    void an_end_of_our_own_during_a_check_is_not_held_against_the_backend() {
        try (FakePen server = FakePen.that(PenScript.hangs())) {
            List<Result> results = new CopyOnWriteArrayList<>();
            examination.begun(get(""), address(server), Examination.PATIENT).subscribe(results::add);
            await().until(() -> server.connections() == 1);

            examination.vertx.close().toCompletionStage().toCompletableFuture().join();

            await().until(() -> results.size() == 1);
            assertThat(results.get(0)).isInstanceOf(Result.Unknown.class);
        }
    }

    @Test
    void an_examiner_whose_threads_have_ended_says_unknown() {
        examination.vertx.close().toCompletionStage().toCompletableFuture().join();

        assertUnknown(examination.of(TCP, "127.0.0.1:1"), "stopping");
    }

    @Test
    void a_banner_of_several_lines_is_read_to_its_last_and_the_server_is_told_goodbye() {
        List<String> heard = new CopyOnWriteArrayList<>();
        try (FakePen server = FakePen.that(visit -> {
            visit.send("220-mail\r\n220-is\r\n220 here\r\n".getBytes(StandardCharsets.US_ASCII));
            heard.add(visit.command());
        })) {
            assertGood(examination.of(SMTP, address(server)), "220 here");

            await().untilAsserted(() -> assertThat(heard).containsExactly("QUIT\r\n"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"554 go away", "220x", "221 no", "220\u001b[31m\u00e9?\n"})
    void any_other_banner_is_wrong_and_shown_without_its_control_characters(String banner) {
        try (FakePen server =
                FakePen.that(visit -> visit.send((banner + "\n").getBytes(StandardCharsets.ISO_8859_1)))) {
            assertBad(examination.of(SMTP, address(server)), Cause.WRONG, "expected a banner 220, saw: ");
        }
    }

    private static String address(FakePen server) {
        return server.endpoint().toString();
    }

    private static int port(FakePen server) {
        return ((Endpoint.Tcp) server.endpoint()).port();
    }

    @Test
    void a_name_is_looked_up() {
        try (FakePen server = FakePen.on(InetAddress.getLoopbackAddress().getHostAddress(), PenScript.hangs())) {
            assertGood(examination.of(TCP, "localhost:" + port(server)), "connected");
        }
    }
}
