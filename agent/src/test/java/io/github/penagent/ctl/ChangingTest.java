package io.github.penagent.ctl;

import static io.github.penagent.ctl.Replies.server;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.penagent.penctl.Danger;
import io.github.penagent.penctl.Outcome;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChangingTest {
    private static final String SECOND = server(1, "10.0.0.2", 80, "conn 1 max 0 hard 0 weight 0 prio 0 sx 10 rx 20");

    private static String first(String limits) {
        return server(0, "10.0.0.1", 80, "conn 3 " + limits + " weight 0 prio 0 sx 1536 rx 7340032") + SECOND;
    }

    @ParameterizedTest
    @ValueSource(strings = {"server 0 max 5 hard 9", "server 10.0.0.1:80 hard 9 max 5"})
    void limits_by_slot_or_address_are_confirmed(String words) {
        Replies replies = Replies.healthy().changed("server 0 max 5 hard 9", "servers", first("max 5 hard 9"));
        CtlRun run = CtlRun.of(replies, words);

        assertThat(run.out()).isEqualTo("confirmed: slot 0: 10.0.0.1:80 max 5 hard 9 weight 0 prio 0\n");
        assertThat(run.code()).isZero();
    }

    @Test
    void what_pen_shows_nowhere_is_not_confirmed_and_still_ends_with_zero() {
        CtlRun blacklist = CtlRun.of(Replies.healthy().but("server 0 blacklist 30", ""), "server 0 blacklist 30");
        CtlRun http = CtlRun.of(Replies.healthy().but("no http", ""), "no http", "--json");

        assertThat(blacklist.out()).startsWith("not confirmed: sent 'server 0 blacklist 30': pen took it, but");
        assertThat(blacklist.code()).isZero();
        assertThat(http.out())
                .isEqualTo(
                        "{\"outcome\":\"not_confirmed\",\"message\":\"sent; pen 4711 answers, and shows this nowhere\"}\n");
        assertThat(http.code()).isZero();
    }

    @Test
    void what_pen_should_show_and_does_not_ends_with_one() {
        CtlRun run = CtlRun.of(Replies.healthy().but("timeout 9", ""), "timeout", "9");

        assertThat(run.out()).isEqualTo("not confirmed: pen shows 5\n");
        assertThat(run.code()).isEqualTo(1);
    }

    @Test
    void several_steps_are_one_outcome_and_a_later_failure_names_what_was_done() {
        Replies replies = Replies.healthy()
                .changed("server 0 max 5", "servers", first("max 5 hard 0"))
                .but("server 0 blacklist 30", "");
        CtlRun both = CtlRun.of(replies, "server 0 blacklist 30 max 5");
        CtlRun half = CtlRun.of(replies, "server 0 max 5 blacklist 1");

        assertThat(both.out())
                .startsWith("not confirmed: sent 'server 0 blacklist 30'")
                .contains("max 5 hard 0");
        assertThat(both.code()).isZero();
        assertThat(half.out())
                .startsWith("not confirmed: blacklist failed: a blacklist takes")
                .contains("before: ");
        assertThat(half.code()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "exit|stops-pen",
                "blacklist 40|blacklists-again",
                "control_acl 9|locks-out",
                "acl 0 deny 10.0.0.1|locks-out",
                "include /etc/pen.cfg|reads-file",
                "write|writes-file",
                "log /var/log/pen|writes-file",
                "debug 3|shows-traffic",
                "listen 127.0.0.1:81 --pen-version 0.34|moves-listener",
                "dummy --pen-version 0.34|replaces-traffic",
                "conn_max 600 --pen-version 0.34|grows-connections",
                "close 3 --pen-version 0.34|closes-connection",
                "source 127.0.0.1 --pen-version 0.34|cannot-be-undone"
            })
    void a_danger_is_named_explained_and_sends_nothing(String words, String danger) {
        CtlRun run = CtlRun.of(Replies.healthy(), words.split(" "));

        assertThat(run.out())
                .startsWith("refused: " + danger + " not accepted: ")
                .endsWith("to accept that, add: --accept " + danger + "\n");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.asked()).isEmpty();
    }

    @Test
    void accepted_dangers_are_run_into_wherever_the_option_stands() {
        for (List<String> words : List.of(
                List.of("--accept", "stops-pen,blacklists-again", "blacklist", "40"),
                List.of("blacklist", "40", "--accept", "stops-pen", "--accept=blacklists-again"))) {
            Replies replies = Replies.healthy().changed("blacklist 40", "blacklist", "40\n");

            assertThat(CtlRun.of(replies, words.toArray(String[]::new)).out()).isEqualTo("confirmed: pen shows 40\n");
        }
        assertThat(CtlRun.of(Replies.healthy(), "exit", "--json").out()).endsWith("\"accept\":[\"stops-pen\"]}\n");
        assertThat(CtlRun.of(Replies.healthy(), "exit", "--accept", "everything")
                        .code())
                .isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource
    void every_danger_has_a_name_for_the_option(Danger danger) {
        assertThat(new Converters.OfDanger().convert(Outcomes.name(danger))).isEqualTo(danger);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "dsr_if eth0|dsr_if crashes",
                "dsr_ip 10.0.0.1|at its start only",
                "epoll|start it with -O",
                "peek --pen-version 0.34|every new client hangs",
                "idlers 5 --pen-version 0.34|crash pen from 0.33 on",
                "block --pen-version 0.34|does nothing since 0.26",
                "keepalive|version of this one was not stated",
                "timeout 0|timeout must be between 1 and 3600",
                "server 0 acl 10|acl takes -1 to 9",
                "acl 3 permit host.example|IP address in numbers",
                "acl 3 permit fe80::/200|the length must be between",
                "acl 3 permit country se|two capital letters",
                "no acl 10|the list must be between 0 and 9",
                "tcp_fastclose left|is none of up",
                "web_stats relative|absolute path",
                "connection -1|the connection must be between"
            })
    void what_would_hurt_pen_is_refused_before_anything_is_sent(String words, String reason) {
        CtlRun run = CtlRun.of(Replies.healthy(), words.split(" "));

        assertThat(run.out()).startsWith("refused: ").contains(reason);
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.asked()).isEmpty();
    }

    @Test
    void lines_inside_words_never_reach_pen() {
        for (String hostile : List.of("10.0.0.1:80\nexit", "10.0.0.1\nexit", "x\r\ny")) {
            assertThat(CtlRun.of(Replies.healthy(), "add", hostile).asked()).isEmpty();
            assertThat(CtlRun.of(Replies.healthy(), "timeout", hostile).code()).isEqualTo(2);
            assertThat(CtlRun.of(Replies.healthy(), "no", hostile).code()).isEqualTo(2);
            assertThat(CtlRun.of(Replies.healthy(), "ssl_ciphers", hostile).code())
                    .isEqualTo(1);
        }
    }

    @Test
    void an_outcome_that_is_unsure_is_no_success() {
        assertThat(Outcomes.succeeded(new Outcome.NotConfirmed("sent, but pen answers no more: reset")))
                .isFalse();
    }
}
