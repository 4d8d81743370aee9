package io.github.penagent.penctl;

import static io.github.penagent.penctl.Workbench.confirmed;
import static io.github.penagent.penctl.Workbench.refused;
import static io.github.penagent.penctl.Workbench.unseen;
import static io.github.penagent.penctl.Workbench.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.penagent.penctl.AclRule.Policy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The examples of penctl-ruby's README, in its order, without those about servers. The gem's line stands above ours. Where
 * the gem can only hope, we say what pen shows.
 */
class GemSettingsIT {
    @Test
    void changing_and_reading_runtime_configuration(@TempDir Path directory) {
        try (Workbench bench = new Workbench(directory, "-x", "256")) {
            Pen pen = bench.pen();
            // pen.client_acl=3
            confirmed(pen.settings().set(Amount.CLIENT_ACL, 3));
            // pen.client_acl
            assertThat(value(pen.information().amount(Amount.CLIENT_ACL))).isEqualTo(3);
            // pen.stubborn=false, whose value the gem cannot get
            confirmed(pen.settings().turn(Toggle.STUBBORN, false));
            assertThat(value(pen.information().mode()).stubborn()).isFalse();
            // pen.conn_max
            assertThat(value(pen.information().amount(Amount.CONN_MAX))).isEqualTo(256);
            // pen_without_x_flag.exit!
            refused(pen.information().exit(), "Exit is not enabled; restart with -X flag");
            assertThat(bench.unharmed()).isTrue();
        }
    }

    @Test
    void exit_of_a_pen_with_the_x_flag(@TempDir Path directory) {
        try (Workbench bench = new Workbench(directory, "-X")) {
            // pen_with_x_flag.exit!
            confirmed(bench.pen().information().exit());
            await().until(() -> !bench.real().alive());
        }
    }

    @Test
    void managing_access_control_lists(@TempDir Path directory) throws IOException {
        try (Workbench bench = new Workbench(directory)) {
            Acls acls = bench.pen().acls();
            // pen.set_acl_entry(2, :policy => 'permit', :source_ip => '...', :netmask => '...')
            unseen(acls.add(2, AclRule.ipv4(Policy.PERMIT, "127.0.0.0", "255.255.255.0")));
            // p.client_acl=2
            confirmed(acls.useForClients(2));
            // p.control_acl=2
            confirmed(acls.useForControl(2));
            assertThat(bench.traffic().get("127.0.0.2", 1)).isEqualTo(200);
            // p.remove_acl_entry 0
            unseen(acls.remove(0));
            assertThat(bench.unharmed()).isTrue();
        }
    }

    @Test
    void booleans(@TempDir Path directory) {
        try (Workbench bench = new Workbench(directory)) {
            Tuning settings = bench.cautious().settings();
            for (boolean on : new boolean[] {true, false}) {
                // pen.ascii, pen.http
                unseen(settings.turn(Toggle.ASCII, on));
                unseen(settings.turn(Toggle.HTTP, on));
                // pen.block, pen.delayed_forward: gone from pen since the gem was written
                refused(settings.turn(Toggle.BLOCK, on), "does nothing since 0.26");
                refused(settings.turn(Toggle.DELAYED_FORWARD, on), "does nothing since 0.26");
                // pen.hash, pen.roundrobin, pen.stubborn, pen.weight
                for (Toggle toggle : List.of(Toggle.HASH, Toggle.ROUNDROBIN, Toggle.STUBBORN, Toggle.WEIGHT)) {
                    confirmed(settings.turn(toggle, on));
                }
            }
            assertThat(bench.unharmed()).isTrue();
        }
    }

    @Test
    void numbers(@TempDir Path directory) {
        try (Workbench bench = new Workbench(directory)) {
            Pen pen = bench.pen();
            // pen.blacklist=60 and its five companions, each read back
            set(pen, Amount.BLACKLIST, 60);
            set(pen, Amount.CLIENT_ACL, 5);
            set(pen, Amount.CONTROL_ACL, 3);
            set(pen, Amount.DEBUG, 3);
            set(pen, Amount.TIMEOUT, 50);
            set(pen, Amount.TRACKING, 5);
            assertThat(bench.unharmed()).isTrue();
        }
    }

    private static void set(Pen pen, Amount amount, int value) {
        confirmed(pen.settings().set(amount, value));
        assertThat(value(pen.information().amount(amount))).isEqualTo(value);
    }

    @Test
    void attributes_that_can_only_be_read(@TempDir Path directory) throws IOException {
        try (Workbench bench = new Workbench(directory, "-c", "300", "-w", directory.resolve("page") + "")) {
            Information information = bench.cautious().information();
            bench.traffic().get("127.0.0.2", 10);
            // pen.clients_max, pen.conn_max, pen.control, pen.listen
            assertThat(value(information.amount(Amount.CLIENTS_MAX))).isEqualTo(300);
            assertThat(value(information.amount(Amount.CONN_MAX))).isEqualTo(500);
            assertThat(value(information.control()))
                    .isEqualTo(bench.real().controlEndpoint().toString());
            assertThat(value(information.listen())).isEqualTo(bench.real().listen());
            // pen.status
            assertThat(value(information.status()).clients()).hasSize(1);
            // pen.recent(5)
            assertThat(value(information.recent(5)).client(0)).isEqualTo("127.0.0.2");
            assertThat(bench.unharmed()).isTrue();
        }
    }

    @Test
    void files(@TempDir Path directory) throws IOException {
        try (Workbench bench = new Workbench(directory)) {
            Pen pen = bench.pen();
            Files.writeString(Path.of(bench.file("commands")), "tracking 12\n");
            // pen.include!(filename)
            unseen(pen.information().include(bench.file("commands")));
            assertThat(value(pen.information().amount(Amount.TRACKING))).isEqualTo(12);
            // pen.write!(filename)
            unseen(pen.information().write(bench.file("written")));
            assertThat(Path.of(bench.file("written"))).content().contains("tracking 12\n");
            assertThat(bench.unharmed()).isTrue();
        }
    }

    @Test
    void log_and_web_stats_which_the_gem_never_finished(@TempDir Path directory) throws IOException {
        try (Workbench bench = new Workbench(directory)) {
            Pen pen = bench.pen();
            assertThat(value(pen.information().log())).isEmpty();
            confirmed(pen.settings().log(bench.file("requests")));
            assertThat(value(pen.information().log())).isEqualTo(bench.file("requests"));
            bench.traffic().get("127.0.0.2", 42);
            confirmed(pen.settings().noLog());
            assertThat(Path.of(bench.file("requests"))).content().contains("GET /42 ");
            assertThat(value(pen.information().webStats())).isEmpty();
            confirmed(pen.settings().webStats(bench.file("page")));
            assertThat(value(pen.information().webStats())).isEqualTo(bench.file("page"));
            assertThat(value(pen.information().status()).servers()).hasSize(1);
            confirmed(pen.settings().noWebStats());
            assertThat(bench.unharmed()).isTrue();
        }
    }
}
