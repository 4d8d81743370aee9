package io.github.penagent.penctl;

import static io.github.penagent.penctl.ScriptedTable.outcome;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.penagent.peers.RealPen;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** The examples of penctl-ruby's README, step by step, each with the result that the gem documents. */
class GemExamplesIT {
    private static final Duration DEADLINE = Duration.ofSeconds(5);

    @AutoClose
    private final Transport transport = Transport.create(1);

    @AutoClose
    private final RealPen running = RealPen.with()
            .backend("127.0.0.1:12501")
            .backend("127.0.0.1:12101")
            .backend("0.0.0.0:0")
            .backend("0.0.0.0:0")
            .start();

    /** {@code pen = PenBalancer.new 'host:port'}. */
    private final Pen pen = Pen.over(transport.client(running.controlEndpoint(), DEADLINE), PenVersion.V0_34);

    private List<ServerRow> servers() {
        Answer<List<ServerRow>> list =
                Objects.requireNonNull(pen.servers().list().block(DEADLINE));
        return ((Answer.Ok<List<ServerRow>>) list).value();
    }

    private static ServerRow row(int slot, String host, int port) {
        return new ServerRow(slot, host, port, 0, 0, 0, 0, 0, 0, 0);
    }

    /** {@code pen.servers}, {@code pen.add_server '…', 12301} twice, {@code pen.remove_server '…', 12301}. */
    @Test
    void servers_are_listed_added_once_and_removed() {
        List<ServerRow> atFirst = List.of(
                row(0, "127.0.0.1", 12501), row(1, "127.0.0.1", 12101), row(2, "0.0.0.0", 0), row(3, "0.0.0.0", 0));
        assertThat(servers()).isEqualTo(atFirst);

        assertThat(outcome(pen.servers().add("127.0.0.1:12301")).confirmed()).isTrue();
        assertThat(servers())
                .containsExactly(atFirst.get(0), atFirst.get(1), row(2, "127.0.0.1", 12301), atFirst.get(3));

        Outcome again = outcome(pen.servers().add("127.0.0.1:12301"));
        assertThat(again).isEqualTo(new Outcome.Refused("127.0.0.1:12301 is among the servers already, in slot 2"));

        assertThat(outcome(pen.servers().remove("127.0.0.1:12301")).confirmed()).isTrue();
        assertThat(servers()).isEqualTo(atFirst);
    }
}
