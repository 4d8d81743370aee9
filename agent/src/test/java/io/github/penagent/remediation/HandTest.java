package io.github.penagent.remediation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;

class HandTest {
    private final Path file;
    private final TestPen pen;

    HandTest(@TempDir Path folder) {
        file = folder.resolve("audit.jsonl");
        pen = new TestPen(file);
    }

    @Test
    void a_pen_is_read_before_and_after_one_command() {
        assertThat(pen.eject()).isEqualTo(WriteOutcome.WRITTEN);
        assertThat(pen.control.asked())
                .containsExactly("pid", "servers", "server 1 blacklist 20", "servers", "blacklist", "status", "pid");
        assertThat(pen.control.mostOpen()).isOne();
    }

    @Test
    void the_record_is_there_before_pen_is_asked_anything_and_its_outcome_after() throws IOException {
        pen.next("pid", command -> {
            assertThat(file).content().contains("\"phase\":\"decided\"").hasLineCount(1);
            return pen.obey(command);
        });
        pen.eject();
        assertThat(Files.readAllLines(file)).hasSize(2).last().asString().contains("\"outcome\":\"written\"");
    }

    @Test
    void nothing_is_sent_that_cannot_be_recorded() throws IOException {
        Files.createDirectory(file);
        assertThat(pen.eject()).isEqualTo(WriteOutcome.NOT_AUDITED);
        assertThat(pen.done(pen.hand.carryOut(pen.release(1))).outcome()).isEqualTo(WriteOutcome.NOT_AUDITED);
        assertThat(pen.done(pen.hand.carryOut(pen.raise())).outcome()).isEqualTo(WriteOutcome.NOT_AUDITED);
        assertThat(pen.control.asked()).isEmpty();
        Files.delete(file);
        assertThat(pen.eject()).isEqualTo(WriteOutcome.WRITTEN);
    }

    @Test
    void a_permit_that_has_expired_asks_nothing() {
        Action.Eject eject = pen.eject(1);
        pen.time.advanceTimeBy(Duration.ofMillis(1_001));
        Event.Done done = pen.done(pen.hand.carryOut(eject));
        assertThat(done.outcome()).isEqualTo(WriteOutcome.NOT_WRITTEN);
        assertThat(done.seen()).contains("too late");
        assertThat(pen.control.asked()).isEmpty();
    }

    @Test
    void a_permit_that_expires_while_pen_is_read_is_not_used() {
        pen.control.takes(Duration.ofMillis(501), Duration.ZERO);
        assertThat(pen.eject()).isEqualTo(WriteOutcome.NOT_WRITTEN);
        assertThat(pen.control.asked()).containsExactly("pid", "servers");
    }

    @Test
    void a_permit_is_good_once() {
        Action.Eject eject = pen.eject(1);
        Mono<Event.Done> call = pen.hand.carryOut(eject);
        assertThat(pen.done(call).outcome()).isEqualTo(WriteOutcome.WRITTEN);
        assertThat(pen.done(call).outcome()).isEqualTo(WriteOutcome.NOT_WRITTEN);
        assertThat(pen.done(pen.hand.carryOut(eject)).outcome()).isEqualTo(WriteOutcome.NOT_WRITTEN);
        assertThat(pen.written()).hasSize(1);
    }

    @Test
    void an_older_permit_is_not_used_after_a_newer_one() {
        Action.Eject older = pen.eject(1);
        pen.done(pen.hand.carryOut(pen.release(1)));
        assertThat(pen.done(pen.hand.carryOut(older)).outcome()).isEqualTo(WriteOutcome.NOT_WRITTEN);
        assertThat(pen.written()).containsExactly("server 1 blacklist -1000000");
    }

    @Test
    void errands_of_one_pen_come_one_after_the_other() {
        Mono<List<Event.Done>> both =
                Mono.zip(pen.hand.carryOut(pen.eject(0)), pen.hand.carryOut(pen.eject(2)), List::of);
        assertThat(pen.result(both).orElseThrow())
                .extracting(Event.Done::outcome)
                .containsOnly(WriteOutcome.WRITTEN);
        assertThat(pen.control.asked())
                .containsSubsequence(
                        "server 0 blacklist 20", "servers", "pid", "pid", "servers", "server 2 blacklist 20");
        assertThat(pen.control.mostOpen()).isOne();
    }

    @Test
    void a_slot_with_another_backend_is_left_alone() {
        Action.Eject eject = pen.eject(1);
        pen.addresses.set(1, "10.0.0.9:80");
        Event.Done done = pen.done(pen.hand.carryOut(eject));
        assertThat(done.outcome()).isEqualTo(WriteOutcome.NOT_WRITTEN);
        assertThat(done.seen()).isEqualTo("nothing was sent: slot 1 has 10.0.0.9:80, not 10.0.0.2:80");
        assertThat(pen.written()).isEmpty();
    }

    @Test
    void a_slot_that_pen_does_not_have_is_not_created() {
        Action.Eject eject = pen.eject(2);
        pen.addresses.remove(2);
        assertThat(pen.done(pen.hand.carryOut(eject)).outcome()).isEqualTo(WriteOutcome.NOT_WRITTEN);
        pen.addresses.add("0.0.0.0:0");
        Permit unused = pen.permit(2, "0.0.0.0:0", 20);
        assertThat(pen.done(pen.hand.carryOut(new Action.Eject(unused, TestPen.decision(unused, Decision.Kind.EJECT))))
                        .outcome())
                .isEqualTo(WriteOutcome.NOT_WRITTEN);
        assertThat(pen.written()).isEmpty();
    }

    @Test
    void a_slot_that_is_given_another_backend_right_before_the_command_is_seen_afterwards() {
        pen.page = true;
        pen.next("server 1", command -> {
            pen.addresses.set(1, "10.0.0.9:80");
            return pen.obey(command);
        });
        Event.Done done = pen.done(pen.hand.carryOut(pen.eject(1)));
        assertThat(done.outcome()).isEqualTo(WriteOutcome.REPLACED);
        assertThat(done.seen()).isEqualTo("meanwhile slot 1 has 10.0.0.9:80, not 10.0.0.2:80");
    }

    @Test
    void a_pen_that_restarts_right_before_the_command_is_seen_afterwards() {
        pen.next("server 1", command -> {
            pen.restart(101);
            return pen.obey(command);
        });
        assertThat(pen.eject()).isEqualTo(WriteOutcome.REPLACED);
    }

    @Test
    void a_restart_that_polls_have_counted_ends_all_permits() {
        Action.Eject eject = pen.eject(1);
        pen.incarnation = 2;
        assertThat(pen.done(pen.hand.carryOut(eject)).outcome()).isEqualTo(WriteOutcome.NOT_WRITTEN);
        assertThat(pen.control.asked()).isEmpty();
    }

    @Test
    void a_restart_that_polls_count_while_pen_is_read_is_not_overlooked() {
        pen.next("servers", command -> {
            pen.incarnation = 2;
            return pen.obey(command);
        });
        assertThat(pen.eject()).isEqualTo(WriteOutcome.NOT_WRITTEN);
        assertThat(pen.written()).isEmpty();
    }

    @Test
    void a_restart_that_polls_have_not_noticed_yet_is_noticed_by_the_process() {
        assertThat(pen.eject()).isEqualTo(WriteOutcome.WRITTEN);
        pen.restart(101);
        assertThat(pen.eject()).isEqualTo(WriteOutcome.NOT_WRITTEN);
        pen.incarnation = 2;
        assertThat(pen.eject()).isEqualTo(WriteOutcome.WRITTEN);
        assertThat(pen.written()).hasSize(2);
    }

    @Test
    void an_access_list_that_denies_the_first_read_means_that_nothing_was_sent() {
        pen.next("servers", command -> "");
        Event.Done done = pen.done(pen.hand.carryOut(pen.eject(1)));
        assertThat(done.outcome()).isEqualTo(WriteOutcome.NOT_WRITTEN);
        assertThat(done.seen()).contains("denied");
        assertThat(pen.written()).isEmpty();
    }

    @Test
    void an_access_list_that_denies_from_the_command_on_leaves_it_unknown() {
        pen.next("server 1", command -> {
            pen.next("servers", denied -> "");
            pen.next("pid", denied -> "");
            return "";
        });
        assertThat(pen.eject()).isEqualTo(WriteOutcome.UNKNOWN);
    }

    @Test
    void a_command_without_an_end_of_its_reply_is_unknown_and_never_sent_again() {
        pen.next("server 1", command -> {
            pen.obey(command);
            return "!";
        });
        assertThat(pen.eject()).isEqualTo(WriteOutcome.UNKNOWN);
        assertThat(pen.written()).hasSize(1);
    }

    @Test
    void an_error_that_pen_prints_is_told_on_one_line() {
        pen.next("server 1", command -> "do_cmd: ignoring\r\n\u001b[31mthis\n");
        Event.Done done = pen.done(pen.hand.carryOut(pen.eject(1)));
        assertThat(done.outcome()).isEqualTo(WriteOutcome.CONTRADICTED);
        assertThat(done.seen()).isEqualTo("pen said: do_cmd: ignoring [31mthis");
    }

    @Test
    void the_time_of_sending_is_that_of_the_command_and_not_of_the_whole() {
        pen.control.takes(Duration.ofMillis(10), Duration.ZERO);
        long start = pen.nanos();
        Event.Done done = pen.done(pen.hand.carryOut(pen.eject(1)));
        assertThat(Duration.ofNanos(done.sentNanos() - start)).isEqualTo(Duration.ofMillis(20));
        assertThat(Duration.ofNanos(done.nanos() - start)).isEqualTo(Duration.ofMillis(70));
    }

    @Test
    void room_for_failed_connects_is_made_in_the_run_that_is_meant() {
        assertThat(pen.done(pen.hand.carryOut(pen.raise())).outcome()).isEqualTo(WriteOutcome.WRITTEN);
        assertThat(pen.control.asked()).containsExactly("pid", "pending_max 1000000", "pid");
        Action.RaisePending old = pen.raise();
        pen.incarnation = 2;
        assertThat(pen.done(pen.hand.carryOut(old)).outcome()).isEqualTo(WriteOutcome.NOT_WRITTEN);
        assertThat(pen.written()).hasSize(1);
    }

    @Test
    void a_permit_of_one_kind_is_not_used_for_the_other() {
        Permit zero = pen.permit(1, "10.0.0.2:80", 0);
        Permit twenty = pen.permit(1, "10.0.0.2:80", 20);
        Decision decision = TestPen.decision(zero, Decision.Kind.EJECT);
        assertThat(pen.done(pen.hand.carryOut(new Action.Eject(zero, decision))).outcome())
                .isEqualTo(WriteOutcome.NOT_WRITTEN);
        assertThat(pen.done(pen.hand.carryOut(new Action.Release(twenty, decision)))
                        .outcome())
                .isEqualTo(WriteOutcome.NOT_WRITTEN);
        assertThat(pen.control.asked()).isEmpty();
    }

    @Test
    void a_pen_that_is_not_watched_and_a_slot_without_a_command_are_outcomes_too() {
        Permit elsewhere = new Permit(1, new SlotKey("mail", 1, 0, "10.0.0.1:25"), 20, Long.MAX_VALUE);
        Permit beyond = new Permit(2, new SlotKey("web", 1, 100_000, "10.0.0.1:25"), 20, Long.MAX_VALUE);
        for (Permit permit : List.of(elsewhere, beyond)) {
            Action.Eject eject = new Action.Eject(permit, TestPen.decision(permit, Decision.Kind.EJECT));
            assertThat(pen.done(pen.hand.carryOut(eject)).outcome()).isEqualTo(WriteOutcome.NOT_WRITTEN);
        }
        assertThat(pen.control.asked()).isEmpty();
    }
}
