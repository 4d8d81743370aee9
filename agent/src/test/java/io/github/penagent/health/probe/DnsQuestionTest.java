package io.github.penagent.health.probe;

import static io.github.penagent.health.probe.Examination.SHORT;
import static io.github.penagent.health.probe.Examination.assertBad;
import static io.github.penagent.health.probe.Examination.assertGood;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.penagent.health.Cause;
import io.github.penagent.health.Question;
import io.github.penagent.health.Result;
import io.github.penagent.peers.FakePen;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.datagram.DatagramSocket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DnsQuestionTest {
    private static final Question UDP = new Question.Dns(false, "example.org");
    private static final Question TCP = new Question.Dns(true, "example.org");

    private final Examination examination = new Examination();
    private final List<byte[]> asked = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        examination.close();
    }

    @ParameterizedTest
    @CsvSource({"0, NoError(0)", "3, NXDomain(3)"})
    void an_answer_is_good_even_if_the_name_does_not_exist(int code, String shown) {
        assertGood(examination.of(UDP, udp(query -> coded(query, code))), shown);

        byte[] query = asked.get(0);
        assertThat(new String(query, StandardCharsets.ISO_8859_1)).contains("\7example\3org\0\0\1\0\1");
        assertThat(query[2] & 1).as("recursion desired").isOne();
    }

    @ParameterizedTest
    @CsvSource({"2, ServFail(2)", "5, Refused(5)"})
    void a_server_that_fails_or_refuses_is_wrong(int code, String shown) {
        assertBad(examination.of(UDP, udp(query -> coded(query, code))), Cause.WRONG, "saw " + shown);
    }

    @Test
    void silence_and_answers_to_others_are_no_answer() {
        assertBad(examination.of(UDP, udp(query -> new byte[0]), SHORT), Cause.SILENT, "no whole answer");
        assertBad(examination.of(UDP, udp(DnsQuestionTest::toAnother), SHORT), Cause.SILENT, "no whole answer");
    }

    @Test
    void garbage_is_wrong() {
        assertBad(examination.of(UDP, udp(query -> new byte[] {1, 2, 3})), Cause.WRONG, "unreadable answer");
        assertBad(examination.of(UDP, udp(query -> query)), Cause.WRONG, "unreadable answer");
    }

    @Test
    void over_tcp_it_is_the_same() {
        assertGood(tcp(query -> coded(query, 0)), "NoError(0)");
        assertBad(tcp(query -> coded(query, 2)), Cause.WRONG, "ServFail(2)");
        assertBad(tcp(DnsQuestionTest::toAnother), Cause.WRONG, "another question");
        assertBad(tcp(query -> new byte[] {0, 0, 0}), Cause.WRONG, "unreadable answer");
    }

    private Result tcp(UnaryOperator<byte[]> server) {
        try (FakePen listener = FakePen.that(visit -> {
            byte[] query = visit.command().substring(2).getBytes(StandardCharsets.ISO_8859_1);
            byte[] answer = server.apply(query);
            visit.send(new byte[] {(byte) (answer.length >> 8), (byte) answer.length});
            visit.send(answer);
        })) {
            return examination.of(TCP, listener.endpoint().toString());
        }
    }

    /** A server's address. */
    private String udp(UnaryOperator<byte[]> server) {
        DatagramSocket socket = examination.vertx.createDatagramSocket();
        socket.handler(packet -> {
            asked.add(packet.data().getBytes());
            byte[] answer = server.apply(packet.data().getBytes());
            if (answer.length > 0) {
                socket.send(
                        Buffer.buffer(answer),
                        packet.sender().port(),
                        packet.sender().host());
            }
        });
        socket.listen(0, "127.0.0.1").toCompletionStage().toCompletableFuture().join();
        return "127.0.0.1:" + socket.localAddress().port();
    }

    /** The question as an answer without records. */
    private static byte[] coded(byte[] query, int code) {
        byte[] answer = query.clone();
        answer[2] |= (byte) 0x80;
        answer[3] = (byte) code;
        return answer;
    }

    private static byte[] toAnother(byte[] query) {
        byte[] answer = coded(query, 0);
        answer[0] ^= 1;
        return answer;
    }
}
