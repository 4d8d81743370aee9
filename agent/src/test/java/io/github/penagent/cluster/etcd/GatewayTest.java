package io.github.penagent.cluster.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetServer;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Answers that no etcd gives. */
class GatewayTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() {
        vertx.close().await();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                    no JSON                                  | answered 200 with what is not etcd's JSON, 7 bytes
                    []                                       | answered 200 with what is not etcd's JSON, 2 bytes
                    {"kvs":[{"key":"YQ==","value":           | answered 200 with what is not etcd's JSON, 30 bytes
                    {"kvs":5}                                | answered with a kvs that is not etcd's
                    {"kvs":[7]}                              | answered with a kvs that is not etcd's
                    {"kvs":null,"header":"x"}                | answered with a header that is not etcd's
                    {"kvs":[{"key":"%%","value":"YQ=="}]}    | answered with a key that is not etcd's
                    {"kvs":[{"key":"YQ==","lease":"soon"}]}  | answered with a lease that is not etcd's
                    {"header":{"revision":"1e99"}}           | answered with a revision that is not etcd's
                    {"error":{"no":"thing"}}                 | ~~
                    """)
    void what_is_not_etcds_is_one_clear_failure(String body, String complaint) {
        URI member = answering("HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);

        assertThat(failure(member)).contains(complaint).doesNotContain("\n");
    }

    @Test
    void an_answer_that_is_cut_fails() {
        assertThat(failure(answering("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"kvs\":[]")))
                .contains(": ");
        assertThat(failure(answering(""))).contains(": ");
    }

    @Test
    void an_answer_without_an_end_is_not_taken_in() {
        String chunk = "10000\r\n" + " ".repeat(0x10000) + "\r\n";

        assertThat(failure(answering("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chunk.repeat(200))))
                .contains("answered more than " + Http.MAX_ANSWER + " bytes");
    }

    @Test
    void another_kind_of_server_is_told_by_its_status() {
        assertThat(failure(answering("HTTP/1.1 404 Not Found\r\nContent-Length: 2\r\n\r\nno")))
                .contains("answered 404 with what is not etcd's JSON, 2 bytes");
        assertThat(failure(answering("HTTP/1.1 302 Found\r\nContent-Length: 2\r\n\r\n{}")))
                .contains("answered 302");
    }

    @Test
    void the_next_member_is_asked_and_from_then_on_first() {
        String body =
                "{\"header\":{\"revision\":\"7\"},\"kvs\":[{\"key\":\"YQ==\",\"value\":\"/w==\",\"create_revision\":\"3\"}]}";
        URI bad = answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n??");
        URI good = answering("HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);

        try (Etcd etcd = etcd(bad, good)) {
            assertThat(etcd.list("/").block(PATIENCE))
                    .isEqualTo(new Listing(7, List.of(new Entry("a", "\ufffd", 0, 3))));
        }
    }

    @Test
    void an_error_of_etcds_is_final_and_one_line() {
        String body = "{\"error\":\"etcdserver: too\\nlong\",\"code\":3}";
        URI refusing = answering("HTTP/1.1 400 Bad Request\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);

        assertThat(failure(refusing, answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")))
                .isEqualTo("kv/range: " + refusing + ": etcdserver: too long");
    }

    @Test
    void a_watch_of_garbage_ends_with_one_failure() {
        String created = "{\"result\":{\"created\":true,\"header\":{\"revision\":\"5\"}}}\n";
        for (String line : List.of(
                "garbage\n",
                "{\"result\":{\"events\":[3]}}\n",
                "{\"result\":{\"events\":[{\"kv\":{\"key\":\"%\"}}]}}\n",
                "")) {
            URI member = answering("HTTP/1.1 200 OK\r\n\r\n" + created + line);
            try (Etcd etcd = etcd(member)) {
                assertThatThrownBy(() -> etcd.watch("/", 1).blockLast(PATIENCE))
                        .isInstanceOf(EtcdFailure.class)
                        .hasMessageStartingWith("watch: ");
            }
        }
    }

    @Test
    void a_store_that_went_back_in_time_is_not_watched() {
        URI member =
                answering("HTTP/1.1 200 OK\r\n\r\n{\"result\":{\"created\":true,\"header\":{\"revision\":\"5\"}}}\n");

        try (Etcd etcd = etcd(member)) {
            assertThatThrownBy(() -> etcd.watch("/", 9).blockLast(PATIENCE))
                    .isInstanceOf(EtcdFailure.class)
                    .hasMessage("watch: the store is at revision 5 and was at 8");
        }
    }

    @Test
    void many_keys_are_asked_for_in_parts() {
        List<KeyValue> many = Stream.iterate(0, i -> i + 1)
                .limit(300)
                .map(i -> new KeyValue("/k" + i, "v"))
                .toList();
        assertThat(Transactions.split(many, Transactions::size))
                .extracting(List::size)
                .containsExactly(120, 120, 60);
        KeyValue large = new KeyValue("/l", "x".repeat(200_000));
        assertThat(Transactions.split(List.of(large, large), Transactions::size))
                .hasSize(2);
        assertThat(Transactions.split(List.of(), Transactions::size)).isEmpty();
    }

    @Test
    void secrets_do_not_show() {
        EtcdSettings settings = new EtcdSettings(
                List.of(URI.create("https://h:1")),
                Optional.of(new EtcdSettings.Login("ann", new Password("sesame"))),
                new EtcdSettings.Tls(
                        Optional.empty(), Optional.of(new EtcdSettings.Identity("cert", new Password("sesame")))));

        assertThat(settings.toString()).contains("ann").doesNotContain("sesame");
    }

    private URI answering(String answer) {
        NetServer server = vertx.createNetServer()
                .connectHandler(socket -> socket.handler(asked -> {
                    socket.handler(more -> {});
                    socket.write(Buffer.buffer(answer)).onComplete(done -> socket.close());
                }));
        return URI.create(
                "http://127.0.0.1:" + server.listen(0, "127.0.0.1").await().actualPort());
    }

    private static String failure(URI... members) {
        try (Etcd etcd = etcd(members)) {
            EtcdFailure failure = org.assertj.core.api.Assertions.catchThrowableOfType(
                    EtcdFailure.class, () -> etcd.list("/").block(PATIENCE));
            assertThat(failure).isNotNull();
            return String.valueOf(failure.getMessage());
        }
    }

    private static Etcd etcd(URI... members) {
        return Etcd.open(
                new EtcdSettings(List.of(members), Optional.empty(), EtcdSettings.Tls.DEFAULT), Duration.ofSeconds(10));
    }
}
