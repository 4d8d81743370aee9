package io.github.penagent.penctl;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.penagent.peers.FakePen;
import io.github.penagent.peers.PenScript;
import io.github.penagent.peers.Ports;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PenClientFailureTest {
    private static final Duration LONG = Duration.ofSeconds(10);
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final String ROW = "0 addr 10.0.0.1 port 80 conn 1 max 2 hard 3 weight 4 prio 5 sx 6 rx 7\n";

    @AutoClose
    private final Transport transport = transport();

    Transport transport() {
        return Transport.create(1);
    }

    private Failure failure(PenScript script) {
        return failure(script, LONG);
    }

    private Failure failure(PenScript script, Duration deadline) {
        try (FakePen pen = FakePen.that(script)) {
            PenClient client = transport.client(pen.endpoint(), deadline);
            Failure failure = Asking.failure(client, Command.servers());
            // Whatever went wrong is over: the next command has a connection of its own.
            pen.does(PenScript.replies(ROW));
            assertThat(Asking.value(client, Command.servers()).size()).isOne();
            return failure;
        }
    }

    @Test
    void a_refused_connect_is_no_connection() {
        Endpoint nobody = new Endpoint.Tcp("127.0.0.1", Ports.free("127.0.0.1"));
        for (int i = 0; i < 5; i++) {
            assertThat(Asking.failure(transport.client(nobody, LONG), Command.servers()))
                    .isInstanceOfSatisfying(Failure.Connect.class, connect -> assertThat(connect.message())
                            .containsIgnoringCase("refused"));
        }
    }

    @Test
    void a_missing_socket_file_is_no_connection(@TempDir Path directory) {
        Endpoint nobody = new Endpoint.Unix(directory.resolve("control"));
        assertThat(Asking.failure(transport.client(nobody, LONG), Command.servers()))
                .isInstanceOfSatisfying(Failure.Connect.class, connect -> assertThat(connect.message())
                        .containsIgnoringCase("no such file"));
    }

    @Test
    void an_address_without_route_is_no_connection() {
        Endpoint everybody = new Endpoint.Tcp("255.255.255.255", 8888);
        assertThat(Asking.failure(transport.client(everybody, LONG), Command.servers()))
                .isInstanceOfSatisfying(Failure.Connect.class, connect -> assertThat(connect.message())
                        .containsIgnoringCase("unreachable"));
    }

    @Test
    void a_name_that_is_not_found_is_no_connection() {
        Endpoint nowhere = new Endpoint.Tcp("pen.invalid", 8888);
        assertThat(Asking.failure(transport.client(nowhere, SHORT), Command.servers())
                        .reason())
                .isEqualTo(Failure.Reason.CONNECT);
    }

    @Test
    void an_empty_reply_is_a_denial() {
        assertThat(failure(PenScript.saysNothing())).isEqualTo(new Failure.Denied());
    }

    @Test
    void no_reply_is_a_timeout() {
        assertThat(failure(PenScript.hangs(), SHORT)).isEqualTo(new Failure.Timeout(0));
    }

    @Test
    void half_a_reply_and_then_nothing_is_a_timeout() {
        assertThat(failure(PenScript.hangsAfter(ROW), SHORT)).isEqualTo(new Failure.Timeout(ROW.length()));
    }

    @Test
    void the_deadline_is_for_the_whole_reply_and_not_for_each_byte() {
        Duration pause = Duration.ofMillis(50);
        Duration whole = pause.multipliedBy(ROW.length());
        try (FakePen pen = FakePen.that(PenScript.drips(ROW, pause))) {
            Answer<?> answer = Asking.answer(transport.client(pen.endpoint(), SHORT), Command.servers());
            assertThat(answer).isInstanceOfSatisfying(Answer.Failed.class, failed -> assertThat(failed.failure())
                    .isInstanceOfSatisfying(
                            Failure.Timeout.class,
                            timeout -> assertThat(timeout.bytes()).isPositive().isLessThan(ROW.length())));
            assertThat(answer.timing().totalNanos()).isBetween(SHORT.toNanos(), whole.toNanos());
        }
    }

    @Test
    void a_reset_before_any_byte_is_how_a_denial_looks() {
        assertThat(new Failure.Reset(0).reason()).isEqualTo(Failure.Reason.DENIED);
        assertThat(new Failure.Reset(1).reason()).isEqualTo(Failure.Reason.RESET);
        assertThat(failure(PenScript.resetsAtOnce())).isEqualTo(new Failure.Reset(0));
        assertThat(failure(PenScript.resetsAfter(""))).isEqualTo(new Failure.Reset(0));
    }

    @Test
    void a_reset_after_whole_lines_is_no_shorter_list() {
        assertThat(failure(PenScript.resetsAfter(ROW))).isEqualTo(new Failure.Reset(ROW.length()));
    }

    @Test
    void a_reply_that_ends_inside_a_line_is_unfinished() {
        assertThat(failure(PenScript.replies(ROW + "1 addr 10.0.0.2 port")))
                .isEqualTo(new Failure.UnfinishedLine(2, 21));
    }

    @Test
    void a_lost_line_is_a_gap() {
        assertThat(failure(PenScript.replies(ROW + ROW.replaceFirst("0", "2"))))
                .isEqualTo(new Failure.SlotGap(2, 1, 2));
    }

    @Test
    void garbage_is_malformed_where_it_stands() {
        assertThat(failure(PenScript.replies(ROW + "\u0000\u00ff\u0080\n")))
                .isEqualTo(new Failure.Malformed(2, 1, "expected a number"));
        assertThat(failure(PenScript.replies("do_cmd: ignoring command starting with 'servers'\n")))
                .isEqualTo(new Failure.Malformed(1, 1, "expected a number"));
    }

    @Test
    void a_reply_without_end_is_too_large() {
        assertThat(failure(PenScript.neverEnds(ROW), Duration.ofSeconds(20)))
                .isEqualTo(new Failure.TooLarge(PenClient.MAX_REPLY_BYTES));
    }
}
