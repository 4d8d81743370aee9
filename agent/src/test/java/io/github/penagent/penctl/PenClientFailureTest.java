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
    private final Transport transport = Transport.create(1);

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
    void aRefusedConnectIsNoConnection() {
        Endpoint nobody = new Endpoint.Tcp("127.0.0.1", Ports.free("127.0.0.1"));
        for (int i = 0; i < 5; i++) {
            assertThat(Asking.failure(transport.client(nobody, LONG), Command.servers()))
                    .isInstanceOfSatisfying(Failure.Connect.class, connect -> assertThat(connect.message())
                            .containsIgnoringCase("refused"));
        }
    }

    @Test
    void aMissingSocketFileIsNoConnection(@TempDir Path directory) {
        Endpoint nobody = new Endpoint.Unix(directory.resolve("control"));
        assertThat(Asking.failure(transport.client(nobody, LONG), Command.servers()))
                .isInstanceOfSatisfying(Failure.Connect.class, connect -> assertThat(connect.message())
                        .containsIgnoringCase("no such file"));
    }

    @Test
    void anAddressWithoutRouteIsNoConnection() {
        Endpoint everybody = new Endpoint.Tcp("255.255.255.255", 8888);
        assertThat(Asking.failure(transport.client(everybody, LONG), Command.servers()))
                .isInstanceOfSatisfying(Failure.Connect.class, connect -> assertThat(connect.message())
                        .containsIgnoringCase("unreachable"));
    }

    @Test
    void aNameThatIsNotFoundIsNoConnection() {
        Endpoint nowhere = new Endpoint.Tcp("pen.invalid", 8888);
        assertThat(Asking.failure(transport.client(nowhere, SHORT), Command.servers())
                        .reason())
                .isEqualTo(Failure.Reason.CONNECT);
    }

    @Test
    void anEmptyReplyIsADenial() {
        assertThat(failure(PenScript.saysNothing())).isEqualTo(new Failure.Denied());
    }

    @Test
    void noReplyIsATimeout() {
        assertThat(failure(PenScript.hangs(), SHORT)).isEqualTo(new Failure.Timeout(0));
    }

    @Test
    void halfAReplyAndThenNothingIsATimeout() {
        assertThat(failure(PenScript.hangsAfter(ROW), SHORT)).isEqualTo(new Failure.Timeout(ROW.length()));
    }

    @Test
    void theDeadlineIsForTheWholeReplyAndNotForEachByte() {
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
    void aResetBeforeAnyByteIsHowADenialLooks() {
        assertThat(new Failure.Reset(0).reason()).isEqualTo(Failure.Reason.DENIED);
        assertThat(new Failure.Reset(1).reason()).isEqualTo(Failure.Reason.RESET);
        assertThat(failure(PenScript.resetsAtOnce())).isEqualTo(new Failure.Reset(0));
        assertThat(failure(PenScript.resetsAfter(""))).isEqualTo(new Failure.Reset(0));
    }

    @Test
    void aResetAfterWholeLinesIsNoShorterList() {
        assertThat(failure(PenScript.resetsAfter(ROW))).isEqualTo(new Failure.Reset(ROW.length()));
    }

    @Test
    void aReplyThatEndsInsideALineIsUnfinished() {
        assertThat(failure(PenScript.replies(ROW + "1 addr 10.0.0.2 port")))
                .isEqualTo(new Failure.UnfinishedLine(2, 21));
    }

    @Test
    void aLostLineIsAGap() {
        assertThat(failure(PenScript.replies(ROW + ROW.replaceFirst("0", "2"))))
                .isEqualTo(new Failure.SlotGap(2, 1, 2));
    }

    @Test
    void garbageIsMalformedWhereItStands() {
        assertThat(failure(PenScript.replies(ROW + "\u0000\u00ff\u0080\n")))
                .isEqualTo(new Failure.Malformed(2, 1, "expected a number"));
        assertThat(failure(PenScript.replies("do_cmd: ignoring command starting with 'servers'\n")))
                .isEqualTo(new Failure.Malformed(1, 1, "expected a number"));
    }

    @Test
    void aReplyWithoutEndIsTooLarge() {
        assertThat(failure(PenScript.neverEnds(ROW), Duration.ofSeconds(20)))
                .isEqualTo(new Failure.TooLarge(PenClient.MAX_REPLY_BYTES));
    }
}
