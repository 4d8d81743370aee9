package io.github.penagent.remediation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.penagent.fleet.Remedy;
import io.github.penagent.health.Check;
import io.github.penagent.health.Question;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;

class RemediationTest {
    private static final String DEAD = "10.0.0.2:80";
    private static final AlertReading NOT_NAMED = new AlertReading.Refused(AlertOutcome.NOT_NAMED);
    private static final String EJECTION = "server 1 blacklist 20";

    private final Path folder;

    RemediationTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void a_backend_that_dies_is_written_down_and_taken_out_and_that_is_shown() throws IOException {
        TestShell shell = new TestShell(folder, Mode.ENFORCE);
        shell.pass(Duration.ofSeconds(5));
        assertThat(shell.remedy().ejected()).isEmpty();
        shell.pen.next("server 1", command -> {
            assertThat(shell.auditFile).content().contains("\"decision\":\"eject\"");
            return shell.pen.obey(command);
        });
        shell.dead = DEAD;
        shell.pass(Duration.ofSeconds(3));

        assertThat(shell.pen.written()).containsExactly(EJECTION);
        assertThat(shell.remedy().ejected())
                .singleElement()
                .matches(out -> out.server() == 1 && out.address().equals(DEAD));
        assertThat(shell.remedy().tally().ejections()).containsEntry("check", 1L);
        assertThat(shell.shown(Decision.Kind.EJECT))
                .singleElement()
                .matches(entry -> entry.end().map(DecisionLog.End::outcome).equals(Optional.of(WriteOutcome.WRITTEN)));
    }

    @Test
    void its_lease_is_renewed_while_it_is_dead_and_ends_when_it_is_not() {
        TestShell shell = new TestShell(folder, Mode.ENFORCE);
        shell.pass(Duration.ofSeconds(5));
        shell.dead = DEAD;
        shell.pass(Duration.ofSeconds(60));
        assertThat(shell.pen.written()).hasSizeGreaterThan(3).containsOnly(EJECTION);
        shell.dead = "";
        shell.pass(Duration.ofSeconds(40));

        assertThat(shell.remedy().ejected()).isEmpty();
        assertThat(shell.shown(Decision.Kind.RETURN).size()
                        + shell.shown(Decision.Kind.LIFT).size())
                .isPositive();
    }

    @Test
    void without_records_nothing_is_done_and_with_them_it_goes_on_by_itself() throws IOException {
        TestShell shell = new TestShell(folder, Mode.ENFORCE);
        shell.pass(Duration.ofSeconds(5));
        Files.createDirectory(shell.auditFile);
        shell.dead = DEAD;
        shell.pass(Duration.ofSeconds(20));
        assertThat(shell.pen.written()).isEmpty();
        assertThat(shell.remedy().mode()).isEqualTo(Mode.OBSERVE.level());

        Files.delete(shell.auditFile);
        shell.pass(Duration.ofMillis(5_100));
        assertThat(shell.remedy().mode()).isEqualTo(Mode.ENFORCE.level());
        shell.pass(Duration.ofSeconds(2));
        assertThat(shell.pen.written()).containsExactly(EJECTION);
    }

    @Test
    void to_observe_takes_no_file_and_no_command() {
        TestShell shell = new TestShell(folder, Mode.OBSERVE);
        shell.pass(Duration.ofSeconds(5));
        shell.dead = DEAD;
        shell.tell(nanos -> new Event.KillSwitch(nanos, true));
        shell.tell(nanos -> new Event.KillSwitch(nanos, false));
        shell.pass(Duration.ofSeconds(30));

        assertThat(shell.shown(Decision.Kind.FAILING)).hasSize(1);
        assertThat(shell.pen.control.asked()).isEmpty();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void a_dry_run_writes_down_what_it_would_do_and_leaves_pen_alone() {
        TestShell shell = new TestShell(folder, Mode.DRY_RUN);
        shell.pass(Duration.ofSeconds(5));
        shell.dead = DEAD;
        shell.pass(Duration.ofSeconds(5));

        assertThat(shell.auditFile).content().contains("\"decision\":\"eject\"");
        assertThat(shell.pen.control.asked()).isEmpty();
    }

    @Test
    void a_hold_is_kept_and_holds_after_the_next_start() {
        TestShell shell = new TestShell(folder, Mode.ENFORCE);
        shell.pass(Duration.ofSeconds(5));
        long until = shell.pen.nanos() + Duration.ofHours(1).toNanos();
        shell.tell(nanos -> new Event.Held(nanos, "web", DEAD, new Hold(Hold.Kind.KEEP_IN, "ann", "migration", until)));
        shell.pass(Duration.ofMillis(100));
        Kept kept = shell.kept();
        assertThat(kept.holds()).singleElement().matches(held -> held.address().equals(DEAD));
        shell.stop();

        TestShell next = new TestShell(folder, Mode.ENFORCE);
        next.remediation.recall(kept);
        next.pass(Duration.ofSeconds(5));
        next.dead = DEAD;
        next.pass(Duration.ofSeconds(30));
        assertThat(next.shown(Decision.Kind.FAILING)).hasSize(1);
        assertThat(next.pen.written()).isEmpty();
    }

    @Test
    void the_kill_switch_is_kept_and_still_thrown_after_the_next_start_until_it_is_lifted() {
        TestShell shell = new TestShell(folder, Mode.ENFORCE);
        shell.pass(Duration.ofSeconds(5));
        shell.tell(nanos -> new Event.KillSwitch(nanos, true));
        shell.pass(Duration.ofMillis(100));
        assertThat(shell.kept().killSwitch()).isTrue();
        shell.stop();

        TestShell next = new TestShell(folder, Mode.ENFORCE);
        next.remediation.recall(shell.kept());
        next.pass(Duration.ofSeconds(5));
        next.dead = DEAD;
        next.pass(Duration.ofSeconds(10));
        assertThat(next.remedy().mode()).isEqualTo(Mode.OBSERVE.level());
        assertThat(next.pen.written()).isEmpty();

        next.tell(nanos -> new Event.KillSwitch(nanos, false));
        next.pass(Duration.ofSeconds(3));
        assertThat(next.kept().killSwitch()).isFalse();
        assertThat(next.pen.written()).containsExactly(EJECTION);
    }

    @Test
    void a_file_that_is_not_there_does_not_lift_what_a_person_has_thrown() {
        TestShell shell = new TestShell(folder, Mode.ENFORCE);
        shell.tell(nanos -> new Event.KillSwitch(nanos, true));
        shell.tell(nanos -> new Event.KillFile(nanos, false));
        shell.pass(Duration.ofSeconds(5));
        assertThat(shell.remedy().mode()).isEqualTo(Mode.OBSERVE.level());

        shell.tell(nanos -> new Event.KillFile(nanos, true));
        shell.tell(nanos -> new Event.KillSwitch(nanos, false));
        shell.pass(Duration.ofSeconds(1));
        assertThat(shell.remedy().mode()).isEqualTo(Mode.OBSERVE.level());
        assertThat(shell.kept().killSwitch()).as("the file speaks for itself").isFalse();

        shell.tell(nanos -> new Event.KillFile(nanos, false));
        shell.pass(Duration.ofSeconds(1));
        assertThat(shell.remedy().mode()).isEqualTo(Mode.ENFORCE.level());
    }

    @Test
    void a_hold_outlives_the_absence_of_its_pen_from_the_configuration() {
        TestShell shell = new TestShell(folder, Mode.ENFORCE);
        shell.pass(Duration.ofSeconds(5));
        long until = shell.pen.nanos() + Duration.ofHours(1).toNanos();
        shell.tell(nanos -> new Event.Held(nanos, "web", DEAD, new Hold(Hold.Kind.KEEP_IN, "ann", "migration", until)));
        Rules rules = TestShell.rules(folder, Mode.ENFORCE);
        shell.remediation.configure(
                new Rules(List.of("mail"), rules.settings(), rules.checks(), rules.passive(), rules.maxPenLoad()));
        shell.pass(Duration.ofSeconds(1));
        assertThat(shell.kept().holds()).hasSize(1);
        shell.tell(nanos -> new Event.Unheld(nanos, "web", "10.0.0.9:80"));
        assertThat(shell.remediation.hold("web", DEAD)).isPresent();

        shell.remediation.configure(rules);
        shell.pass(Duration.ofSeconds(5));
        shell.dead = DEAD;
        shell.pass(Duration.ofSeconds(20));
        assertThat(shell.shown(Decision.Kind.FAILING)).hasSize(1);
        assertThat(shell.pen.written()).isEmpty();
    }

    @Test
    void a_hold_can_be_lifted_while_its_pen_is_absent() {
        TestShell shell = new TestShell(folder, Mode.ENFORCE);
        long until = shell.pen.nanos() + Duration.ofHours(1).toNanos();
        shell.tell(nanos -> new Event.Held(nanos, "other", DEAD, new Hold(Hold.Kind.IGNORE, "ann", "why", until)));
        shell.pass(Duration.ofMillis(100));
        assertThat(shell.remediation.hold("other", DEAD)).isPresent();

        shell.tell(nanos -> new Event.Unheld(nanos, "other", DEAD));
        shell.pass(Duration.ofMillis(100));
        assertThat(shell.remediation.hold("other", DEAD)).isEmpty();
    }

    @Test
    void a_hold_on_a_pen_that_is_found_only_later_is_there_when_it_is() {
        TestShell shell = new TestShell(folder, Mode.ENFORCE);
        Rules rules = TestShell.rules(folder, Mode.ENFORCE);
        shell.remediation.configure(
                new Rules(List.of(), rules.settings(), rules.checks(), rules.passive(), rules.maxPenLoad()));
        long until = shell.pen.nanos() + Duration.ofHours(1).toNanos();
        shell.tell(nanos -> new Event.Held(nanos, "web", DEAD, new Hold(Hold.Kind.KEEP_IN, "ann", "migration", until)));
        shell.remediation.configure(rules);
        shell.pass(Duration.ofSeconds(5));
        shell.dead = DEAD;
        shell.pass(Duration.ofSeconds(20));

        assertThat(shell.shown(Decision.Kind.FAILING)).hasSize(1);
        assertThat(shell.pen.written()).isEmpty();
    }

    @Test
    void what_a_check_has_said_is_forgotten_when_it_asks_something_else_and_kept_when_it_does_not() {
        TestShell shell = new TestShell(folder, Mode.ENFORCE);
        shell.pass(Duration.ofSeconds(5));
        shell.dead = DEAD;
        shell.pass(Duration.ofSeconds(5));
        assertThat(shell.pen.written()).containsExactly(EJECTION);
        Rules same = TestShell.rules(folder, Mode.ENFORCE);
        shell.remediation.configure(same);
        shell.pass(Duration.ofSeconds(1));
        assertThat(shell.remedy().ejected()).hasSize(1);
        assertThat(shell.shown(Decision.Kind.HEALTHY)).isEmpty();

        Check was = same.checks().get(0);
        Check other = new Check(was.name(), was.pens(), was.addresses(), new Question.Smtp(), was.pace());
        shell.remediation.configure(
                new Rules(same.pens(), same.settings(), List.of(other), same.passive(), same.maxPenLoad()));
        shell.pass(Duration.ofMillis(100));
        assertThat(shell.pen.written()).as("what is not known changes nothing").containsExactly(EJECTION);
    }

    @Test
    void another_file_for_records_and_for_what_is_kept_is_used_from_then_on() {
        TestShell shell = new TestShell(folder, Mode.ENFORCE);
        shell.pass(Duration.ofSeconds(5));
        shell.tell(nanos -> new Event.KillSwitch(nanos, true));
        shell.pass(Duration.ofMillis(100));
        Rules rules = TestShell.rules(folder.resolve("other"), Mode.ENFORCE);
        assertThat(folder.resolve("other").toFile().mkdir()).isTrue();
        shell.remediation.configure(rules);
        shell.pass(Duration.ofSeconds(1));

        Path state = rules.settings().stateFile();
        assertThat(((StateFile.Loaded.Good) new StateFile(state).load(shell.pen.wall()))
                        .kept()
                        .killSwitch())
                .isTrue();
        shell.tell(nanos -> new Event.KillSwitch(nanos, false));
        shell.dead = DEAD;
        shell.pass(Duration.ofSeconds(5));
        assertThat(rules.settings().audit().file()).content().contains("\"decision\":\"eject\"");
    }

    @Test
    void at_the_first_sign_pen_is_read_and_all_its_backends_are_checked() {
        TestShell shell = new TestShell(folder, Mode.ENFORCE);
        shell.pass(Duration.ofSeconds(5));
        shell.rereads = 0;
        shell.rechecks = 0;
        shell.dead = DEAD;
        shell.pass(Duration.ofSeconds(1));

        assertThat(shell.rereads).isPositive();
        assertThat(shell.rechecks).isPositive();
    }

    @Test
    void a_wish_that_fails_ends_nothing() {
        TestShell shell = new TestShell(folder, Mode.ENFORCE);
        shell.reread = Mono.error(new IllegalStateException("no reread"));
        shell.recheckFails = true;
        shell.pass(Duration.ofSeconds(5));
        shell.dead = DEAD;
        shell.pass(Duration.ofSeconds(5));

        assertThat(shell.rechecks).isPositive();
        assertThat(shell.pen.written()).containsExactly(EJECTION);
        assertThat(shell.ended()).isFalse();
    }

    @Test
    void a_core_that_fails_stays_where_it_is_and_goes_on_once_it_can() {
        TestShell shell = new TestShell(folder, TestShell.broken(folder, Mode.ENFORCE));
        shell.pass(Duration.ofSeconds(5));
        assertThat(shell.ended()).isFalse();

        shell.tell(nanos -> new Event.Configured(nanos, TestShell.rules(folder, Mode.ENFORCE)));
        shell.pass(Duration.ofSeconds(15));
        shell.dead = DEAD;
        shell.pass(Duration.ofSeconds(5));
        assertThat(shell.pen.written()).containsExactly(EJECTION);
    }

    @Test
    void the_kill_switch_works_even_if_the_core_fails_when_it_is_thrown() {
        TestShell shell = new TestShell(folder, TestShell.broken(folder, Mode.ENFORCE));
        shell.pass(Duration.ofSeconds(1));
        shell.tell(nanos -> new Event.KillSwitch(nanos, true));
        shell.pass(Duration.ofMillis(100));
        assertThat(shell.kept().killSwitch()).isTrue();

        shell.tell(nanos -> new Event.Configured(nanos, TestShell.rules(folder, Mode.ENFORCE)));
        shell.pass(Duration.ofSeconds(15));
        shell.dead = DEAD;
        shell.pass(Duration.ofSeconds(10));
        assertThat(shell.remedy().mode()).isEqualTo(Mode.OBSERVE.level());
        assertThat(shell.pen.written()).isEmpty();
    }

    @Test
    void what_cannot_be_shown_is_done_all_the_same_and_shown_later() {
        TestShell shell = new TestShell(folder, Mode.ENFORCE);
        shell.pass(Duration.ofSeconds(5));
        int before = shell.published.size();
        shell.showFails = true;
        shell.dead = DEAD;
        shell.pass(Duration.ofSeconds(5));
        assertThat(shell.pen.written()).containsExactly(EJECTION);
        assertThat(shell.published).hasSize(before);
        assertThat(shell.ended()).isFalse();

        shell.showFails = false;
        shell.pass(Duration.ofSeconds(1));
        assertThat(shell.remedy().ejected()).hasSize(1);
    }

    @Test
    void what_is_shown_is_told_only_when_it_changes() {
        TestShell shell = new TestShell(folder, Mode.ENFORCE);
        shell.pass(Duration.ofSeconds(10));
        int before = shell.published.size();
        shell.pass(Duration.ofSeconds(10));

        assertThat(shell.published).hasSize(before);
        List<Remedy> distinct = shell.published.stream().distinct().toList();
        assertThat(distinct).isNotEmpty();
    }

    @Test
    void nothing_is_done_after_the_end() {
        TestShell shell = new TestShell(folder, Mode.ENFORCE);
        shell.pass(Duration.ofSeconds(5));
        shell.stop();
        int asked = shell.pen.control.asked().size();
        shell.rereads = 0;
        shell.rechecks = 0;
        shell.dead = DEAD;
        shell.pass(Duration.ofSeconds(30));

        assertThat(shell.pen.control.asked()).hasSize(asked);
        assertThat(shell.rereads + shell.rechecks).isZero();
        assertThat(shell.auditFile).doesNotExist();
    }

    @Test
    void an_alert_is_heard_as_everything_else_is_and_what_became_of_it_is_told() {
        TestShell shell = new TestShell(folder, Mode.ENFORCE);
        shell.pass(Duration.ofSeconds(5));

        assertThat(shell.alerted(List.of(reading(DEAD, true), reading("10.0.0.9:80", true), NOT_NAMED)))
                .contains(List.of(AlertOutcome.ACCEPTED, AlertOutcome.NO_MATCH, AlertOutcome.NOT_NAMED));
        shell.pass(Duration.ofSeconds(3));
        assertThat(shell.pen.written()).containsExactly(EJECTION);
        assertThat(shell.remedy().tally().ejections()).containsEntry("alert", 1L);
        assertThat(shell.alerted(List.of(reading(DEAD, true), reading(DEAD, false))))
                .contains(List.of(AlertOutcome.DUPLICATE, AlertOutcome.RESOLVED));
    }

    @Test
    void a_message_that_accuses_more_backends_than_there_can_be_counts_against_none() {
        TestShell shell = new TestShell(folder, Mode.ENFORCE);
        for (int i = 10; i < 31; i++) {
            shell.pen.addresses.add("10.0.0." + i + ":80");
        }
        shell.pass(Duration.ofSeconds(5));
        List<AlertReading> all = shell.pen.addresses.stream()
                .map(address -> reading(address, true))
                .toList();

        assertThat(shell.alerted(all).orElseThrow()).containsOnly(AlertOutcome.TOO_MANY);
        shell.pass(Duration.ofSeconds(5));
        assertThat(shell.pen.written()).isEmpty();
        assertThat(shell.alerted(all.subList(0, 20)).orElseThrow()).containsOnly(AlertOutcome.ACCEPTED);
    }

    @Test
    void so_many_messages_may_wait_and_no_more() {
        TestShell shell = new TestShell(folder, Mode.ENFORCE);
        List<Optional<Mono<List<AlertOutcome>>>> waiting = new ArrayList<>();
        for (int i = 0; i < 65; i++) {
            waiting.add(shell.remediation.alerted(List.of(NOT_NAMED)));
        }

        assertThat(waiting.subList(0, 64)).allMatch(Optional::isPresent);
        assertThat(waiting.get(64)).isEmpty();
        waiting.get(0).orElseThrow().subscribe();
        shell.pass(Duration.ofMillis(100));
        assertThat(shell.remediation.alerted(List.of(NOT_NAMED))).isPresent();
    }

    private static AlertReading reading(String address, boolean firing) {
        return new AlertReading.Taken(new Alert(
                "f" + address,
                1_000,
                firing,
                false,
                "web",
                address,
                "Errors",
                true,
                Duration.ofMinutes(1).toNanos()));
    }
}
