package io.github.penagent.penctl;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.penagent.penctl.AclRule.Policy;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** What is refused, and what is told about a change, without a pen. */
class TuningTest {
    private static final String MODE = "no hash no roundrobin no stubborn no weight no prio\n";
    private static final String SERVER = "0 addr 127.0.0.1 port 80 conn 0 max 0 hard 0 weight %d prio 0 sx 0 rx 0\n";

    private ScriptedControl control = script(command -> "");

    private static ScriptedControl script(Function<String, String> replies) {
        return new ScriptedControl(Schedulers.parallel(), System::nanoTime, replies);
    }

    private Pen pen(PenVersion version, Function<String, String> replies) {
        control = script(replies);
        return Pen.over(control, version).accepting(Danger.values());
    }

    private static Outcome done(Mono<Outcome> change) {
        return Objects.requireNonNull(change.block());
    }

    private void refused(Mono<Outcome> change, String reason, String... askedBefore) {
        Outcome outcome = done(change);
        assertThat(outcome).isInstanceOf(Outcome.Refused.class);
        assertThat(outcome.message()).contains(reason);
        assertThat(control.asked()).containsExactly(askedBefore);
    }

    @ParameterizedTest
    @EnumSource(Amount.class)
    void the_ends_of_a_range_are_in_it_and_what_lies_beyond_is_not(Amount amount) {
        PenVersion version = amount == Amount.IDLERS ? PenVersion.V0_29 : PenVersion.V0_34;
        assertThat(amount.order(amount.least(), version).text()).isEqualTo(amount.word() + " " + amount.least());
        assertThat(amount.order(amount.most(), version).text()).isEqualTo(amount.word() + " " + amount.most());
        Tuning settings = pen(version, command -> "").settings();
        refused(settings.set(amount, amount.least() - 1), "must be between");
        refused(settings.set(amount, amount.most() + 1), "must be between");
        assertThat(Amount.named(amount.word())).contains(amount);
    }

    @Test
    void a_timeout_of_zero_and_a_list_past_nine_have_no_place() {
        assertThat(Amount.TIMEOUT.least()).isOne();
        assertThat(List.of(Amount.CLIENT_ACL.most(), Amount.CONTROL_ACL.most(), Amount.TARPIT_ACL.most()))
                .containsOnly(9);
    }

    @ParameterizedTest
    @CsvSource({
        "UNKNOWN, 1, version of this one was not stated",
        "V0_25, 1, came with pen 0.27",
        "V0_33, 1, crash pen",
        "V0_34, 1, crash pen"
    })
    void idlers_are_refused_where_they_crash_pen(PenVersion version, int value, String reason) {
        refused(pen(version, command -> "").settings().set(Amount.IDLERS, value), reason);
    }

    @Test
    void idlers_are_set_where_they_are_safe() {
        for (PenVersion version : EnumSet.range(PenVersion.V0_27, PenVersion.V0_29)) {
            assertThat(Amount.IDLERS.order(3, version).text()).isEqualTo("idlers 3");
        }
    }

    @Test
    void a_pen_of_unknown_version_gets_only_what_all_of_them_know() {
        Set<Toggle> known = EnumSet.noneOf(Toggle.class);
        for (Toggle toggle : Toggle.values()) {
            Pen pen = pen(PenVersion.UNKNOWN, command -> command.equals("pid") ? "7\n" : MODE);
            if (!(done(pen.settings().turn(toggle, false)) instanceof Outcome.Refused)) {
                known.add(toggle);
            }
        }
        assertThat(known)
                .containsExactlyInAnyOrder(
                        Toggle.HASH,
                        Toggle.HTTP,
                        Toggle.ROUNDROBIN,
                        Toggle.STUBBORN,
                        Toggle.WEIGHT,
                        Toggle.PRIO,
                        Toggle.ASCII);
        refused(pen(PenVersion.UNKNOWN, command -> "").settings().set(Amount.CONN_MAX, 900), "0.29");
        refused(pen(PenVersion.UNKNOWN, command -> "").settings().source("10.0.0.1"), "0.34");
        refused(pen(PenVersion.UNKNOWN, command -> "").settings().listen("10.0.0.1", 80), "0.27");
    }

    @Test
    void blocking_sockets_can_only_be_left() {
        refused(pen(PenVersion.V0_25, command -> MODE).settings().turn(Toggle.BLOCK, true), "stop pen for everybody");
        Outcome left = done(pen(PenVersion.V0_25, command -> command.equals("mode") ? "no block " + MODE : "")
                .settings()
                .turn(Toggle.BLOCK, false));
        assertThat(left.confirmed()).isTrue();
        refused(pen(PenVersion.V0_34, command -> MODE).settings().turn(Toggle.BLOCK, false), "does nothing since 0.26");
    }

    @Test
    void weight_is_refused_while_no_server_has_one() {
        refused(
                pen(PenVersion.V0_34, command -> SERVER.formatted(0)).settings().turn(Toggle.WEIGHT, true),
                "refuse every new client",
                "servers");
        Outcome set = done(pen(PenVersion.V0_34, command -> switch (command) {
                    case "servers" -> SERVER.formatted(2);
                    case "mode" -> "no hash no roundrobin no stubborn weight no prio\n";
                    default -> "";
                })
                .settings()
                .turn(Toggle.WEIGHT, true));
        assertThat(set).isEqualTo(new Outcome.Confirmed("pen shows no hash no roundrobin no stubborn weight no prio"));
    }

    @Test
    void tables_never_shrink_and_idle_times_fit_the_table() {
        Function<String, String> asked = command -> "500\n";
        refused(pen(PenVersion.V0_34, asked).settings().set(Amount.CONN_MAX, 499), "cannot shrink", "conn_max");
        refused(pen(PenVersion.V0_34, asked).settings().set(Amount.CLIENTS_MAX, 1), "cannot shrink", "clients_max");
        refused(
                pen(PenVersion.V0_34, asked).settings().set(Amount.IDLE_TIMEOUT, 501),
                "closes nothing at all",
                "conn_max");
    }

    @Test
    void a_number_is_confirmed_only_if_pen_shows_it() {
        assertThat(done(pen(PenVersion.V0_34, command -> "60\n").settings().set(Amount.TRACKING, 60)))
                .isEqualTo(new Outcome.Confirmed("pen shows 60"));
        assertThat(control.asked()).containsExactly("tracking 60", "tracking");
        assertThat(done(pen(PenVersion.V0_34, command -> "30\n").settings().set(Amount.TRACKING, 60)))
                .isEqualTo(new Outcome.NotConfirmed("pen shows 30"));
        // The setter said 60, but by the next question somebody had shut the door.
        Outcome denied = done(pen(PenVersion.V0_34, command -> command.equals("tracking 60") ? "60\n" : "")
                .settings()
                .set(Amount.TRACKING, 60));
        assertThat(denied).isInstanceOf(Outcome.NotConfirmed.class);
        assertThat(denied.message()).contains("denied");
    }

    @Test
    void what_pen_does_not_show_is_never_confirmed() {
        Outcome heard = done(pen(PenVersion.V0_34, command -> command.equals("pid") ? "7\n" : "")
                .settings()
                .turn(Toggle.HTTP, true));
        assertThat(heard).isEqualTo(new Outcome.NotConfirmed("sent; pen 7 answers, and shows this nowhere"));
        Outcome denied = done(pen(PenVersion.V0_34, command -> "").settings().turn(Toggle.HTTP, true));
        assertThat(denied).isInstanceOf(Outcome.NotConfirmed.class);
        assertThat(denied.message()).contains("answers no more");
        refused(
                pen(PenVersion.V0_34, command -> "do_cmd: ignoring command starting with 'ssl_ciphers'\n")
                        .settings()
                        .sslCiphers("HIGH"),
                "pen said",
                "ssl_ciphers HIGH");
    }

    @Test
    void an_empty_reply_is_no_log_only_if_pen_speaks_to_us() {
        Information open = pen(PenVersion.V0_34, command -> command.equals("pid") ? "7\n" : "")
                .information();
        assertThat(Objects.requireNonNull(open.log().block())).isInstanceOf(Answer.Ok.class);
        Information shut = pen(PenVersion.V0_34, command -> "").information();
        assertThat(Objects.requireNonNull(shut.log().block())).isInstanceOf(Answer.Failed.class);
    }

    @Test
    void a_list_in_use_is_changed_only_by_who_accepts_to_be_locked_out() {
        AclRule rule = AclRule.ipv4(Policy.DENY, "10.0.0.0", "255.0.0.0");
        control = script(command -> command.equals("control_acl") ? "4\n" : "2\n");
        Acls acls = Pen.over(control, PenVersion.V0_34).acls();
        refused(acls.add(4, rule), "control_acl is 4: LOCKS_OUT not accepted", "client_acl", "control_acl");
        control.asked().clear();
        refused(acls.add(2, rule), "client_acl is 2: LOCKS_OUT not accepted", "client_acl");
        control.asked().clear();
        refused(acls.add(0, rule), "LOCKS_OUT not accepted");
        assertThat(done(acls.add(5, rule))).isInstanceOf(Outcome.NotConfirmed.class);
        assertThat(control.asked()).contains("acl 5 deny 10.0.0.0 255.0.0.0");
    }

    @Test
    void an_entry_and_an_exit_are_sent_once_whatever_becomes_of_them() {
        Function<String, String> lossy = command -> command.equals("pid") ? "7\n" : "!";
        Pen pen = pen(PenVersion.V0_34, lossy);
        assertThat(done(pen.acls().add(5, AclRule.ipv4(Policy.PERMIT, "10.0.0.1"))))
                .isInstanceOf(Outcome.NotConfirmed.class);
        assertThat(done(pen.information().exit())).isInstanceOf(Outcome.NotConfirmed.class);
        assertThat(List.of(control.times("acl 5 permit 10.0.0.1 255.255.255.255"), control.times("exit")))
                .containsExactly(1L, 1L);
    }

    @Test
    void another_process_in_its_place_means_that_pen_ended() {
        Pen pen = pen(
                PenVersion.V0_34, command -> command.equals("pid") ? (control.times("exit") == 0 ? "7\n" : "8\n") : "");
        assertThat(done(pen.information().exit())).isEqualTo(new Outcome.Confirmed("pen 7 ended; 8 answers instead"));
    }

    @Test
    void ipv6_is_written_in_numbers_that_pen_takes_as_ipv6() {
        assertThat(AclRule.ipv6(Policy.PERMIT, "::ffff:1.2.3.4", 128)).hasToString("permit 0:0:0:0:0:ffff:102:304/128");
        assertThat(AclRule.ipv6(Policy.DENY, "::", 0)).hasToString("deny 0:0:0:0:0:0:0:0/0");
        assertThat(AclRule.country(Policy.DENY, "SE")).hasToString("deny country SE");
    }
}
