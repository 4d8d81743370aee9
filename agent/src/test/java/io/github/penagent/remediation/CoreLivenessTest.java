package io.github.penagent.remediation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.penagent.remediation.SimPen.Ill;
import io.github.penagent.remediation.guard.Basis;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the core does in the end: backends leave and come back in time, and what stands in the way passes. */
class CoreLivenessTest {
    private static final int FAST = 200;

    @Test
    void one_of_two_that_refuses_leaves_after_a_few_fast_checks() {
        Sim sim = Sim.warm(new SimPen("web", 2));
        long before = fails(sim, 1, Ill.REFUSED);
        sim.rounds(8, FAST);
        assertThat(sim.ejections()).hasSize(1);
        assertThat(sim.ejections().get(0).permit().slot().server()).isEqualTo(1);
        // Three refusals 200 ms apart, and one window of traffic that began after the first of them.
        assertThat(sim.ejections().get(0).decision().nanos() - before).isLessThanOrEqualTo(1_200 * Sim.MILLI);
    }

    @ParameterizedTest
    @EnumSource(value = Ill.class, names = "NOT", mode = EnumSource.Mode.EXCLUDE)
    void one_of_two_that_fails_leaves_whatever_its_way(Ill ill) {
        Sim sim = Sim.warm(new SimPen("web", 2));
        fails(sim, 0, ill);
        sim.rounds(40, FAST);
        assertThat(sim.ejections()).hasSize(1);
        assertThat(sim.lease(0)).isPresent();
    }

    @Test
    void wrong_answers_have_to_last() {
        Sim sim = Sim.warm(new SimPen("web", 4));
        fails(sim, 0, Ill.WRONG);
        sim.rounds(24, FAST);
        assertThat(sim.ejections()).isEmpty();
        sim.rounds(4, FAST);
        assertThat(sim.ejections()).hasSize(1);
    }

    @Test
    void who_stays_dead_stays_out_without_a_gap_and_who_recovers_is_back() {
        SimPen pen = new SimPen("web", 4);
        Sim sim = Sim.warm(pen);
        fails(sim, 2, Ill.REFUSED);
        sim.rounds(10, FAST);
        for (int i = 0; i < 100; i++) {
            sim.round(300);
            assertThat(pen.places.get(2).out(sim.now)).isTrue();
        }
        assertThat(sim.renewals()).hasSizeGreaterThan(5);
        pen.places.get(2).ill = Ill.NOT;
        sim.rounds(22, 300);
        assertThat(pen.places.get(2).out(sim.now)).isFalse();
        assertThat(sim.lease(2)).isEmpty();
        assertThat(sim.actions.stream().filter(action -> action instanceof Action.Release))
                .hasSize(1);
    }

    @Test
    void an_agent_that_is_cut_off_does_nothing() {
        SimPen pen = new SimPen("web", 4);
        Sim sim = Sim.warm(pen);
        sim.cut = true;
        sim.rounds(200, FAST);
        assertThat(sim.ejections()).isEmpty();
        assertThat(sim.notes(Decision.Kind.PANIC)).hasSize(1);
        sim.cut = false;
        sim.rounds(130, 500);
        assertThat(sim.notes(Decision.Kind.CALM)).hasSize(1);
        fails(sim, 0, Ill.REFUSED);
        sim.rounds(20, FAST);
        assertThat(sim.ejections()).hasSize(1);
    }

    @Test
    void all_but_one_dead_leave_one_by_one_while_that_one_serves() {
        SimPen pen = new SimPen("web", 4);
        Sim sim = Sim.warm(pen);
        pen.places.subList(0, 3).forEach(place -> place.ill = Ill.REFUSED);
        sim.rounds(60, FAST);
        assertThat(pen.outByAgents(sim.now)).isEqualTo(3);
        assertThat(pen.places.get(3).out(sim.now)).isFalse();
    }

    @Test
    void all_dead_are_left_in() {
        SimPen pen = new SimPen("web", 3);
        Sim sim = Sim.warm(pen);
        pen.places.forEach(place -> place.ill = Ill.REFUSED);
        sim.rounds(60, FAST);
        assertThat(sim.ejections()).isEmpty();
    }

    @Test
    void of_twins_only_the_first_may_act_on_two_and_the_second_on_three_where_the_counters_agree() {
        assertThat(twin(0, 2).ejections()).hasSize(1);
        assertThat(twin(1, 2).ejections()).isEmpty();
        assertThat(twin(1, 3).bases).containsOnlyKeys(Basis.CORROBORATED);
    }

    private static Sim twin(int index, int slots) {
        SimPen pen = new SimPen("web", slots);
        Sim sim = new Sim(Sim.rules(Sim.settings(Mode.ENFORCE, 2, index, "web"), "web"), 1_000 * Sim.SECOND, pen);
        sim.rounds(16, 500);
        fails(sim, 0, Ill.REFUSED);
        sim.rounds(30, FAST);
        return sim;
    }

    @Test
    void a_lease_that_a_restart_of_pen_has_ended_is_made_again() {
        SimPen pen = new SimPen("web", 4);
        Sim sim = Sim.warm(pen);
        fails(sim, 0, Ill.REFUSED);
        sim.rounds(60, FAST);
        pen.restart();
        sim.rounds(60, FAST);
        assertThat(sim.notes(Decision.Kind.LOST)).hasSize(1);
        assertThat(pen.places.get(0).out(sim.now)).isTrue();
    }

    @Test
    void a_dry_run_says_the_same_and_does_nothing() {
        Sim real = Sim.warm(new SimPen("web", 4));
        Sim dry = new Sim(
                Sim.rules(Sim.settings(Mode.DRY_RUN, 1, 0, "web"), "web"), 1_000 * Sim.SECOND, new SimPen("web", 4));
        dry.rounds(16, 500);
        for (Sim sim : List.of(real, dry)) {
            fails(sim, 0, Ill.REFUSED);
            sim.rounds(10, FAST);
        }
        assertThat(dry.ejections()).isEmpty();
        assertThat(dry.notes(Decision.Kind.EJECT)).hasSize(1);
        assertThat(dry.notes(Decision.Kind.EJECT).get(0).evidence())
                .isEqualTo(real.ejections().get(0).decision().evidence());
        assertThat(dry.lease(0)).map(Lease::dry).contains(true);
        dry.pens.get(0).places.get(1).ill = Ill.WRONG;
        dry.rounds(60, FAST);
        assertThat(dry.pen(0).slots.stream().filter(s -> s.lease().isPresent()))
                .as("its cap")
                .hasSize(1);
    }

    @Test
    void room_that_a_dry_run_only_spoke_of_is_made_once_it_is_enforced() {
        Sim sim = new Sim(
                Sim.rules(Sim.settings(Mode.DRY_RUN, 1, 0, "web"), "web"), 1_000 * Sim.SECOND, new SimPen("web", 2));
        sim.rounds(4, 500);
        assertThat(raises(sim)).isZero();
        sim.rules = Sim.rules(Sim.settings(Mode.ENFORCE, 1, 0, "web"), "web");
        sim.tell(new Event.Configured(sim.now, sim.rules));
        sim.rounds(4, 500);
        assertThat(raises(sim)).isEqualTo(1);
    }

    @Test
    void room_is_asked_for_again_if_nothing_was_heard_of_it() {
        Sim sim = new Sim(
                Sim.rules(Sim.settings(Mode.ENFORCE, 1, 0, "web"), "web"), 1_000 * Sim.SECOND, new SimPen("web", 2));
        sim.fate = Sim.Fate.NO_WORD_NOT_DONE;
        sim.rounds(40, 500);
        assertThat(raises(sim)).isEqualTo(2);
    }

    private static long raises(Sim sim) {
        return sim.actions.stream()
                .filter(a -> a instanceof Action.RaisePending)
                .count();
    }

    @Test
    void whom_a_person_lets_in_stays_in_for_a_while_even_if_the_slot_is_away_meanwhile() {
        SimPen pen = new SimPen("web", 4);
        pen.showsStatus = true;
        Sim sim = new Sim(twenty("web"), 1_000 * Sim.SECOND, pen);
        sim.rounds(30, 500);
        fails(sim, 0, Ill.REFUSED);
        sim.rounds(20, FAST);
        assertThat(sim.ejections()).hasSize(1);
        pen.places.get(0).outNanos = Long.MIN_VALUE;
        sim.tell(pen.status(sim.now));
        assertThat(sim.notes(Decision.Kind.HOLD)).hasSize(1);
        pen.places.get(0).address = SimPen.address(7);
        sim.rounds(2, 500);
        pen.places.get(0).address = SimPen.address(0);
        sim.rounds(1_700, 500);
        assertThat(sim.ejections()).as("14 minutes later").hasSize(1);
        sim.rounds(140, 500);
        assertThat(sim.ejections()).as("after 15 minutes").hasSizeGreaterThan(1);
    }

    @Test
    void a_renewal_that_was_not_sent_is_no_persons_doing() {
        SimPen pen = new SimPen("web", 4);
        pen.showsStatus = true;
        Sim sim = new Sim(twenty("web"), 1_000 * Sim.SECOND, pen);
        sim.rounds(44, 500);
        fails(sim, 0, Ill.REFUSED);
        sim.rounds(8, FAST);
        for (int i = 0; i < 48; i++) {
            sim.fate = Sim.Fate.NOT_WRITTEN;
            sim.round(500);
            sim.tell(pen.status(sim.now));
        }
        assertThat(sim.notes(Decision.Kind.HOLD)).isEmpty();
        sim.fate = Sim.Fate.WELL;
        sim.rounds(30, 500);
        assertThat(pen.places.get(0).out(sim.now)).isTrue();
    }

    private static Rules twenty(String pen) {
        Duration six = Duration.ofSeconds(6);
        return Sim.rules(
                Sim.wanted(Mode.ENFORCE, 1, 0, pen).lease(20).warmUp(six).settings(), pen);
    }

    @Test
    void commands_that_were_not_sent_do_not_make_a_backend_flap() {
        SimPen pen = new SimPen("web", 2);
        Sim sim = Sim.warm(pen);
        fails(sim, 0, Ill.REFUSED);
        for (int i = 0; i < 60; i++) {
            sim.fate = Sim.Fate.NOT_WRITTEN;
            sim.round(FAST);
        }
        assertThat(sim.notes(Decision.Kind.FLAPPING)).isEmpty();
        assertThat(sim.ejections()).as("not in every round").hasSizeLessThan(14);
        sim.fate = Sim.Fate.WELL;
        sim.rounds(70, FAST);
        assertThat(pen.places.get(0).out(sim.now)).isTrue();
    }

    @Test
    void after_another_blacklist_time_leases_are_written_anew_at_once() {
        SimPen pen = new SimPen("web", 4);
        Sim sim = Sim.warm(pen);
        fails(sim, 0, Ill.REFUSED);
        sim.rounds(10, FAST);
        pen.blacklistSeconds = 40;
        pen.places.get(0).outNanos += 10 * Sim.SECOND;
        int renewals = sim.renewals().size();
        sim.rounds(2, FAST);
        assertThat(sim.notes(Decision.Kind.BLACKLIST_TIME)).hasSize(1);
        assertThat(sim.renewals()).hasSize(renewals + 1);
        assertThat(sim.lease(0)).isPresent();
    }

    @Test
    void a_lease_on_a_slot_with_another_backend_is_ended_once() {
        SimPen pen = new SimPen("web", 4);
        Sim sim = Sim.warm(pen);
        fails(sim, 0, Ill.REFUSED);
        sim.rounds(10, FAST);
        pen.places.get(0).address = SimPen.address(7);
        pen.places.get(0).ill = Ill.NOT;
        sim.rounds(40, FAST);
        assertThat(sim.actions.stream().filter(a -> a instanceof Action.Release))
                .hasSize(1);
        assertThat(pen.places.get(0).out(sim.now)).isFalse();
    }

    @Test
    void without_a_record_nothing_leaves_until_records_are_written_again() {
        SimPen pen = new SimPen("web", 4);
        Sim sim = Sim.warm(pen);
        sim.fate = Sim.Fate.NOT_AUDITED;
        fails(sim, 0, Ill.REFUSED);
        sim.rounds(40, FAST);
        assertThat(sim.ejections()).hasSize(1);
        assertThat(pen.places.get(0).out(sim.now)).isFalse();
        sim.tell(new Event.Audit(sim.now, true));
        sim.rounds(60, FAST);
        assertThat(pen.places.get(0).out(sim.now)).isTrue();
    }

    @Test
    void what_persons_want_is_done_while_it_holds() {
        SimPen pen = new SimPen("web", 4);
        Sim sim = Sim.warm(pen);
        hold(sim, 0, Hold.Kind.KEEP_OUT, 30);
        hold(sim, 1, Hold.Kind.KEEP_IN, 30);
        hold(sim, 2, Hold.Kind.IGNORE, 30);
        fails(sim, 1, Ill.REFUSED);
        sim.rounds(90, 300);
        assertThat(sim.bases).containsExactly(java.util.Map.entry(Basis.PERSON, 1));
        assertThat(pen.places.get(0).out(sim.now)).isTrue();
        sim.rounds(60, 300);
        assertThat(pen.places.get(0).out(sim.now)).isFalse();
        assertThat(pen.places.get(1).out(sim.now)).isTrue();
    }

    private static void hold(Sim sim, int slot, Hold.Kind kind, int seconds) {
        Hold hold = new Hold(kind, "me", "because", sim.now + seconds * Sim.SECOND);
        sim.tell(new Event.Held(sim.now, "web", SimPen.address(slot), hold));
    }

    @Test
    void an_alert_takes_a_backend_out_where_it_may_do_so_alone_and_until_it_is_over() {
        Sim sim = Sim.warm(new SimPen("web", 4));
        alert(sim, 1, true, false);
        sim.rounds(10, 500);
        assertThat(sim.ejections()).as("not alone").isEmpty();
        alert(sim, 2, true, true);
        sim.rounds(10, 500);
        assertThat(sim.ejections()).hasSize(1);
        assertThat(sim.ejections().get(0).decision().source()).isEqualTo(Optional.of(Source.ALERT));
        alert(sim, 2, false, true);
        alert(sim, 2, true, true);
        alert(sim, 1, true, true);
        sim.rounds(20, 500);
        assertThat(sim.lease(0))
                .as("late and reordered ones do not bring it back")
                .isEmpty();
        assertThat(sim.ejections()).hasSize(1);
    }

    @Test
    void an_alert_that_nobody_resolves_ends_by_itself() {
        Sim sim = Sim.warm(new SimPen("web", 4));
        alert(sim, 1, true, true);
        sim.rounds(150, 500);
        assertThat(sim.ejections()).hasSize(1);
        assertThat(sim.lease(0)).isEmpty();
    }

    private static void alert(Sim sim, long spell, boolean firing, boolean alone) {
        Alert alert = new Alert(
                "f", spell * 3_600_000, firing, false, "web", SimPen.address(0), "Errors", alone, 60 * Sim.SECOND);
        sim.tell(new Event.Alerted(sim.now, alert));
    }

    @Test
    void a_panic_outlasts_a_moment_in_which_pen_could_not_be_read() {
        SimPen pen = new SimPen("web", 4);
        Sim sim = Sim.warm(pen);
        pen.places.get(0).ill = Ill.WRONG;
        pen.places.get(1).ill = Ill.WRONG;
        sim.rounds(40, FAST);
        assertThat(sim.notes(Decision.Kind.PANIC)).hasSize(1);
        pen.readable = false;
        sim.round(FAST);
        pen.readable = true;
        pen.places.get(1).ill = Ill.NOT;
        // One may have left before the others were seen to fail, too.
        int before = sim.ejections().size();
        sim.rounds(40, 500);
        assertThat(sim.ejections()).hasSize(before);
        assertThat(sim.notes(Decision.Kind.CALM)).isEmpty();
        sim.rounds(100, 500);
        assertThat(sim.notes(Decision.Kind.CALM)).hasSize(1);
        assertThat(sim.ejections()).hasSize(before + 1);
    }

    @Test
    void after_a_sleep_nothing_is_done_at_once_not_even_on_an_alert() {
        Sim sim = Sim.warm(new SimPen("web", 4));
        sim.now += 3 * Sim.SECOND;
        alert(sim, 1, true, true);
        sim.poll();
        sim.check();
        assertThat(sim.ejections()).isEmpty();
        sim.rounds(14, 500);
        assertThat(sim.ejections()).hasSize(1);
    }

    private static long fails(Sim sim, int slot, Ill ill) {
        sim.pens.get(0).places.get(slot).ill = ill;
        return sim.now;
    }
}
