package io.github.penagent.health.probe;

import static io.github.penagent.health.probe.Examination.SHORT;
import static io.github.penagent.health.probe.Examination.assertBad;
import static io.github.penagent.health.probe.Examination.assertGood;
import static io.github.penagent.health.probe.Examination.assertUnknown;

import io.github.penagent.health.Cause;
import io.github.penagent.health.Question;
import io.github.penagent.peers.Certificates;
import io.github.penagent.peers.FakePen;
import io.github.penagent.peers.PenScript;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PfxOptions;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsTest {
    private static Path fresh;
    private static Path expired;
    private static Path stranger;
    private static Examination examination;

    @BeforeAll
    static void certificates(@TempDir Path folder) throws Exception {
        Certificates certificates = new Certificates(folder);
        fresh = certificates.make("fresh", "DNS:www.example.org,IP:127.0.0.1", "-1d", 100);
        expired = certificates.make("expired", "IP:127.0.0.1", "-10d", 5);
        stranger = certificates.make("stranger", "IP:127.0.0.1", "-1d", 100);
        examination = new Examination(Optional.of(Certificates.trusting(fresh, expired)));
    }

    @AfterAll
    static void close() {
        examination.close();
    }

    @Test
    void a_certificate_for_the_name_or_the_address_is_good() {
        String server = server(fresh);

        assertGood(examination.of(tls("www.example.org", 30), server), "certificate valid for 98 more days");
        assertGood(examination.of(new Question.Tls(Optional.empty(), 0), server), "certificate valid for 98 more days");
    }

    @Test
    void one_that_ends_soon_is_wrong_before_it_does() {
        assertBad(
                examination.of(tls("www.example.org", 99), server(fresh)),
                Cause.WRONG,
                "certificate valid for 98 more days, expected at least 99");
    }

    @Test
    void another_name_an_end_in_the_past_and_an_unknown_issuer_are_wrong() {
        assertBad(
                examination.of(tls("mail.example.org", 0), server(fresh)),
                Cause.WRONG,
                "expected a valid certificate for mail.example.org, saw: ");
        assertBad(
                examination.of(new Question.Tls(Optional.empty(), 0), server(expired)),
                Cause.WRONG,
                "saw one that ended at 2");
        assertBad(
                examination.of(new Question.Tls(Optional.empty(), 0), server(stranger)),
                Cause.WRONG,
                "expected a valid certificate for 127.0.0.1, saw: ");
    }

    @Test
    void a_second_handshake_looks_at_the_certificate_again() {
        String server = server(fresh);

        for (int i = 0; i < 3; i++) {
            assertGood(examination.of(tls("www.example.org", 0), server), "98 more days");
            assertBad(examination.of(tls("mail.example.org", 0), server), Cause.WRONG, "mail.example.org");
        }
    }

    @Test
    void https_judges_certificate_and_answer() {
        String server = server(fresh);

        assertGood(examination.of(https("www.example.org:8443", "hello", 0), server), "body as expected");
        assertBad(examination.of(https("www.example.org", "bye", 0), server), Cause.WRONG, "body without bye");
        assertBad(examination.of(https("www.example.org", "hello", 365), server), Cause.WRONG, "at least 365");
        assertBad(examination.of(https("mail.example.org", "hello", 0), server), Cause.WRONG, "mail.example.org");
    }

    @Test
    void what_does_not_speak_tls_is_told_by_how_it_fails() {
        Question tls = tls("www.example.org", 0);
        try (FakePen server = FakePen.that(PenScript.replies("HTTP/1.1 400 Bad Request\r\n\r\n"))) {
            String address = server.endpoint().toString();
            assertBad(examination.of(tls, address), Cause.WRONG, "expected TLS");

            server.does(PenScript.hangs());
            assertBad(examination.of(tls, address, SHORT), Cause.SILENT, "no whole answer");

            server.does(PenScript.saysNothing());
            assertBad(examination.of(tls, address), Cause.CLOSED, "closed during the TLS handshake");

            server.does(PenScript.resetsAtOnce());
            assertBad(examination.of(tls, address), Cause.CLOSED, "");
        }
    }

    @Test
    void without_any_trusted_authority_nothing_is_said_of_the_backend() throws Exception {
        KeyStore none = KeyStore.getInstance("PKCS12");
        none.load(null, null);
        try (Examination trusting = new Examination(Optional.of(none))) {
            assertUnknown(trusting.of(tls("www.example.org", 0), "127.0.0.1:1"), "no trusted authorities");
        }
    }

    private static Question tls(String name, int minDays) {
        return new Question.Tls(Optional.of(name), minDays);
    }

    private static Question https(String host, String body, int minDays) {
        Question.Http plain = Examination.get(body);
        return new Question.Http(
                true,
                "GET",
                "/",
                Optional.of(host),
                List.of(new Question.StatusRange(200, 200)),
                plain.body(),
                minDays);
    }

    /** A server's address. */
    private static String server(Path keys) {
        HttpServer server = examination
                .vertx
                .createHttpServer(new HttpServerOptions()
                        .setSsl(true)
                        .setKeyCertOptions(
                                new PfxOptions().setPath(keys.toString()).setPassword(Certificates.PASSWORD)))
                .requestHandler(request -> request.response().end("hello"));
        server.listen(0, "127.0.0.1").toCompletionStage().toCompletableFuture().join();
        return "127.0.0.1:" + server.actualPort();
    }
}
