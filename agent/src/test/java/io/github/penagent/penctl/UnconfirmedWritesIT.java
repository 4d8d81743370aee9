package io.github.penagent.penctl;

import static io.github.penagent.penctl.ScriptedTable.outcome;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.penagent.peers.RealPen;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What happens to a real pen between the read and the write is never taken for success. */
class UnconfirmedWritesIT {
    @AutoClose
    private final Transport transport = Transport.create(1);

    @AutoClose
    private final RealPen running =
            RealPen.with().backend("127.0.0.1:7").backend("127.0.0.1:9").start();

    private final Meddling meddling = new Meddling(transport.client(running.controlEndpoint(), Duration.ofMillis(500)));
    private final PenServers servers = Pen.over(meddling, PenVersion.V0_34).servers();

    @BeforeEach
    void a_list_that_denies_the_caller() {
        running.penctl("acl", "3", "deny", "127.0.0.1");
    }

    private String notConfirmed() {
        Outcome outcome = outcome(servers.at(0).max(5));
        assertThat(outcome).isInstanceOf(Outcome.NotConfirmed.class);
        return outcome.message();
    }

    @Test
    void an_access_list_that_denies_from_there_on() {
        meddling.beforeNextChange(() -> running.penctl("control_acl", "3"));
        assertThat(notConfirmed()).contains("could not be read afterwards");
        assertThat(running.alive()).isTrue();
        Outcome next = outcome(servers.at(0).max(5));
        assertThat(next).isInstanceOf(Outcome.Refused.class);
        assertThat(next.message()).contains("nothing was sent");
    }

    @Test
    void a_pen_that_is_stopped() {
        meddling.beforeNextChange(running::stop);
        assertThat(notConfirmed()).contains("could not be read afterwards");
        running.cont();
        // The kernel had taken the command for pen.
        assertThat(running.penctl("servers").output()).contains("max 5");
        assertThat(outcome(servers.at(0).max(5))).isInstanceOf(Outcome.Confirmed.class);
    }

    @Test
    void a_pen_that_was_restarted() {
        meddling.beforeNextChange(running::restart);
        assertThat(notConfirmed()).contains("restarted");
        assertThat(outcome(servers.at(0).max(6))).isInstanceOf(Outcome.Confirmed.class);
    }

    @Test
    void a_pen_that_ended() {
        meddling.beforeNextChange(running::kill);
        assertThat(notConfirmed()).contains("could not be read afterwards");
        running.restart();
    }

    @Test
    void a_slot_that_got_another_server() {
        meddling.beforeNextChange(() -> running.penctl("server", "0", "address", "127.0.0.8", "port", "88"));
        assertThat(notConfirmed()).contains("somebody else", "127.0.0.8:88");
    }
}
