package io.github.penagent.health.probe;

import static io.github.penagent.health.probe.Examination.assertBad;
import static io.github.penagent.health.probe.Examination.assertGood;
import static io.github.penagent.health.probe.Examination.assertUnknown;
import static io.github.penagent.health.probe.Examination.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.penagent.health.Cause;
import io.github.penagent.health.Question;
import io.github.penagent.health.Result;
import io.github.penagent.peers.FakePen;
import io.github.penagent.peers.PenScript;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpRequestTest {
    private static final String OK = "HTTP/1.1 200 OK\r\n";

    private final Examination examination = new Examination();

    @AfterEach
    void close() {
        examination.close();
    }

    @Test
    void the_request_is_what_was_configured_and_closes_the_connection() {
        Question head = new Question.Http(
                false,
                "HEAD",
                "/x?y=z",
                Optional.of("www.example.org"),
                List.of(new Question.StatusRange(204, 204)),
                Optional.empty(),
                0);
        try (FakePen server = FakePen.that(PenScript.replies("HTTP/1.1 204 No Content\r\nContent-Length: 7\r\n\r\n"))) {
            assertGood(examination.of(head, server.endpoint().toString()), "status 204");

            assertThat(server.commands().get(0))
                    .startsWith("HEAD /x?y=z HTTP/1.1\r\n")
                    .containsIgnoringCase("\r\nhost: www.example.org\r\n")
                    .containsIgnoringCase("\r\nuser-agent: pen-agent\r\n")
                    .containsIgnoringCase("\r\nconnection: close\r\n");
        }
    }

    @Test
    void without_a_host_the_backends_address_is_named() {
        try (FakePen server = FakePen.that(PenScript.replies(OK + "Content-Length: 0\r\n\r\n"))) {
            String address = server.endpoint().toString();
            assertGood(examination.of(get(""), address), "status 200");

            assertThat(server.commands().get(0)).containsIgnoringCase("\r\nhost: " + address + "\r\n");
        }
    }

    @Test
    void another_status_is_wrong_and_a_redirect_is_not_followed() {
        assertBad(answer(get(""), "HTTP/1.1 503 Busy\r\n\r\n"), Cause.WRONG, "status 503, expected 200-399");
        assertGood(answer(get(""), "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\n\r\n"), "status 302");
    }

    @Test
    void interim_answers_are_passed_over() {
        assertGood(answer(get("fine"), "HTTP/1.1 103 Early Hints\r\n\r\n" + OK + "\r\nall fine"), "body as expected");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 9\r\n\r\nyes, fine",
                "\r\nyes, fine",
                "Transfer-Encoding: chunked\r\n\r\n5\r\nyes, \r\n4\r\nfine\r\n0\r\n\r\n"
            })
    void a_body_is_searched_however_it_is_sent(String rest) {
        assertGood(answer(get("s, f"), OK + rest), "body as expected");
        assertBad(answer(get("nope"), OK + rest), Cause.WRONG, "body without nope, in its first 9 bytes: yes, fine");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 99\r\n\r\nyes", "Transfer-Encoding: chunked\r\n\r\n5\r\nyes", "Server: x"})
    void half_an_answer_is_none(String rest) {
        assertBad(answer(get(""), OK + rest), Cause.CLOSED, "closed before the whole answer, ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"SSH-2.0-OpenSSH_9.2\r\n", "\0\1\2\3 \r\n\r\n", "HTTP/1.1 abc OK\r\n\r\n"})
    void what_is_not_http_is_wrong(String garbage) {
        assertBad(answer(get(""), garbage), Cause.WRONG, "expected an HTTP answer");
    }

    @Test
    void only_the_first_64_kib_of_a_body_count() {
        String early = "x".repeat(65_530) + "needle";
        assertGood(answer(get("needle"), OK + "\r\n" + early), "body as expected");
        assertBad(answer(get("needle"), OK + "\r\nx" + early), Cause.WRONG, "body without needle");
    }

    @Test
    void a_body_without_end_is_judged_by_its_beginning() {
        try (FakePen server = FakePen.that(visit -> {
            visit.command();
            visit.send((OK + "\r\n").getBytes(StandardCharsets.US_ASCII));
            while (true) {
                visit.send(new byte[8192]);
            }
        })) {
            assertGood(examination.of(get(""), server.endpoint().toString()), "status 200");
        }
    }

    @Test
    void headers_without_end_are_wrong() {
        assertBad(answer(get(""), OK + "X: y\r\n".repeat(100_000)), Cause.WRONG, "expected an HTTP answer");
    }

    @ParameterizedTest
    @ValueSource(strings = {"(a|aa)+$", "(.*)*b", "(a*)*(a*)*c"})
    void a_pattern_that_explodes_is_our_trouble_and_soon_over(String pattern) {
        assertUnknown(answer(get(pattern), OK + "\r\n" + "a".repeat(20_000)), "too many steps");
    }

    private Result answer(Question question, String reply) {
        try (FakePen server = FakePen.that(PenScript.replies(reply))) {
            return examination.of(question, server.endpoint().toString());
        }
    }
}
