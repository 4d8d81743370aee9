package io.github.penagent.remediation.guard;

import static io.github.penagent.remediation.guard.Basis.ASSERTED;
import static io.github.penagent.remediation.guard.Basis.CORROBORATED;
import static io.github.penagent.remediation.guard.Basis.PERSON;
import static io.github.penagent.remediation.guard.Proposal.Kind.EJECT;
import static io.github.penagent.remediation.guard.Proposal.Kind.RENEW;
import static io.github.penagent.remediation.guard.SlotFacts.Out.FOREIGN;
import static io.github.penagent.remediation.guard.SlotFacts.Out.FULL;
import static io.github.penagent.remediation.guard.SlotFacts.Out.IN;
import static io.github.penagent.remediation.guard.SlotFacts.Out.OWN;
import static io.github.penagent.remediation.guard.SlotFacts.Out.OWN_CORROBORATED;
import static io.github.penagent.remediation.guard.SlotFacts.Out.UNSEEN;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.penagent.remediation.guard.SlotFacts.Out;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class GuardsTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final Scene scene = new Scene();

    @Test
    void all_agree_on_one_failing_of_four() {
        assertThat(Guards.ask(scene.proposal(), scene.facts())).allMatch(Answer::passes);
    }

    @Test
    void every_answer_bears_its_guards_name_and_says_why() {
        assertThat(Guards.ask(scene.proposal(), scene.facts()).stream().map(Answer::guard))
                .containsExactlyElementsOf(Guards.names())
                .doesNotHaveDuplicates()
                .hasSize(18);
        assertThat(Guards.ask(scene.proposal(), scene.facts()))
                .noneMatch(a -> a.words().isBlank());
    }

    @Test
    void the_mode_is_asked_last() {
        assertThat(Guards.names()).last().isEqualTo("mode");
        scene.enforcing = false;
        assertThat(scene.refusals()).containsExactly("mode");
        assertThat(scene.words("mode")).isEqualTo("the mode in force is enforce");
    }

    @Test
    void a_slot_that_is_not_the_one_that_was_read_is_not_touched() {
        scene.target = Scene.healthy(0, "10.9.9.9:80");
        assertThat(scene.refusals()).containsExactly("identity");
        assertThat(scene.words("identity")).isEqualTo("slot 0 is not 10.9.9.9:80 any more");
    }

    @Test
    void a_slot_that_pen_does_not_use_is_not_touched() {
        scene.slot(0, Scene.unusable(0));
        assertThat(scene.refusals()).contains("identity");
        assertThat(scene.words("identity")).isEqualTo("pen does not use slot 0");
        scene.slot(0, Scene.failing(0));
        assertThat(scene.words("identity")).isEqualTo("slot 0 is 10.0.0.0:80");
    }

    @ParameterizedTest
    @EnumSource(Basis.class)
    void what_a_person_holds_is_left(Basis basis) {
        scene.basis = basis;
        scene.hold = "keep-in by me";
        assertThat(scene.refusals()).containsExactly("hold");
        assertThat(scene.words("hold")).isEqualTo("keep-in by me");
        scene.kind = RENEW;
        assertThat(scene.refusals()).containsExactly("hold");
    }

    @Test
    void what_others_have_written_is_left() {
        scene.foreignSeconds = 1;
        assertThat(scene.refusals()).containsExactly("foreign");
        assertThat(scene.words("foreign")).endsWith("another 1 s");
        scene.foreignSeconds = 0;
        assertThat(scene.refusals()).isEmpty();
        assertThat(scene.words("foreign")).isEqualTo("no other blacklist known");
    }

    @Test
    void a_stubborn_pen_is_left_alone() {
        assertThat(scene.words("stubborn")).isEqualTo("pen moves clients to another backend");
        scene.stubborn = true;
        assertThat(scene.refusals()).containsExactly("stubborn");
        assertThat(scene.words("stubborn")).startsWith("pen is stubborn");
    }

    @ParameterizedTest
    @CsvSource({
        // slots, agents, index, own leases, own of them corroborated, basis, whether it may
        "4, 1, 0, 0, 0, ASSERTED, true",
        "4, 1, 0, 1, 0, ASSERTED, false",
        "4, 1, 0, 0, 1, ASSERTED, true",
        "4, 1, 0, 1, 1, CORROBORATED, true",
        "4, 1, 0, 0, 3, CORROBORATED, false",
        "4, 1, 0, 0, 3, PERSON, false",
        "4, 2, 0, 0, 1, CORROBORATED, true",
        "4, 2, 0, 0, 2, CORROBORATED, false",
        "4, 2, 1, 0, 0, CORROBORATED, true",
        "4, 2, 1, 0, 1, CORROBORATED, false",
        "4, 2, 1, 0, 0, ASSERTED, false",
        "2, 2, 0, 0, 0, ASSERTED, true",
        "2, 2, 0, 0, 0, CORROBORATED, true",
        "2, 2, 1, 0, 0, ASSERTED, false",
        "2, 2, 1, 0, 0, CORROBORATED, false",
        "3, 2, 1, 0, 0, CORROBORATED, true",
        "1, 1, 0, 0, 0, CORROBORATED, false",
    })
    void each_agent_keeps_to_its_share(
            int slots, int agents, int index, int own, int agreed, Basis basis, boolean may) {
        scene.slots(slots);
        scene.agents = agents;
        scene.index = index;
        scene.basis = basis;
        for (int i = 1; i <= own + agreed; i++) {
            scene.slot(i, Scene.out(i, i <= own ? OWN : OWN_CORROBORATED));
        }
        assertThat(scene.passes("ownership")).isEqualTo(may);
        scene.kind = RENEW;
        assertThat(scene.passes("ownership")).as("a renewal takes no more").isTrue();
    }

    @Test
    void nothing_leaves_or_stays_out_where_it_cannot_be_proved_whose_the_pen_is() {
        scene.fleet = new PenFacts.FleetFacts(1, 4, 0, 0, false);
        assertThat(scene.refusals()).containsExactly("ownership");
        scene.kind = RENEW;
        assertThat(scene.refusals()).containsExactly("ownership");
        assertThat(scene.words("ownership")).isEqualTo("it cannot be proved now that this pen is this agent's");
    }

    @Test
    void the_share_is_told_for_people() {
        scene.agents = 2;
        scene.index = 1;
        assertThat(scene.words("ownership"))
                .isEqualTo("agent 2 of 2: 1 of 1 leases in all, 0 on the word of checks and alerts");
    }

    @Test
    void nothing_new_while_warming_up() {
        scene.warmNanos = Scene.NOW + SECOND;
        assertThat(scene.refusals()).containsExactly("warm_up");
        assertThat(scene.words("warm_up")).isEqualTo("warming up for another 1.0 s");
        scene.kind = RENEW;
        assertThat(scene.refusals()).isEmpty();
        scene.kind = EJECT;
        scene.warmNanos = Scene.NOW;
        assertThat(scene.refusals()).isEmpty();
        assertThat(scene.words("warm_up")).isEqualTo("warm");
    }

    @ParameterizedTest
    @CsvSource({
        "ASSERTED, EJECT, false, false",
        "ASSERTED, RENEW, false, false",
        "CORROBORATED, EJECT, false, true",
        "CORROBORATED, RENEW, false, true",
        "PERSON, EJECT, false, false",
        "PERSON, RENEW, false, true",
        "CORROBORATED, EJECT, true, false",
        "CORROBORATED, RENEW, true, false",
        "PERSON, RENEW, true, false",
    })
    void panic_forbids_what_only_we_say_and_blindness_all(Basis basis, Proposal.Kind kind, boolean total, boolean may) {
        scene.basis = basis;
        scene.kind = kind;
        scene.panic = "3 of 4 look failing";
        scene.panicTotal = total;
        assertThat(scene.passes("panic")).isEqualTo(may);
        assertThat(scene.words("panic")).isEqualTo("3 of 4 look failing");
    }

    @Test
    void no_panic_forbids_nothing() {
        scene.panicTotal = true;
        assertThat(scene.passes("panic")).isTrue();
        assertThat(scene.words("panic")).isEqualTo("no panic");
    }

    @Test
    void somebody_seen_healthy_since_the_first_sign_has_to_be_left() {
        scene.slots(2);
        scene.slot(1, Scene.healthy(1).goodAt(Scene.SIGN).facts());
        assertThat(scene.refusals()).containsExactly("last_healthy", "min_healthy");
        assertThat(scene.words("last_healthy"))
                .isEqualTo("0 other backends in service seen healthy since the first sign");
        scene.slot(1, Scene.healthy(1).goodAt(Scene.SIGN + 1).facts());
        assertThat(scene.refusals()).isEmpty();
        assertThat(scene.words("last_healthy"))
                .isEqualTo("1 other backend in service seen healthy since the first sign");
    }

    @ParameterizedTest
    @EnumSource(value = Out.class, names = "IN", mode = EnumSource.Mode.EXCLUDE)
    void who_is_out_is_nobody_to_leave(Out out) {
        scene.slots(2);
        scene.slot(1, Scene.healthy(1).out(out).facts());
        assertThat(scene.passes("last_healthy")).isFalse();
        scene.kind = RENEW;
        assertThat(scene.passes("last_healthy")).isFalse();
    }

    @Test
    void who_cannot_be_used_is_nobody_to_leave() {
        scene.slots(2);
        scene.slot(1, Scene.healthy(1).usable(false).facts());
        assertThat(scene.passes("last_healthy")).isFalse();
    }

    @Test
    void with_the_counters_agreeing_the_other_has_to_carry_traffic() {
        scene.slots(2);
        scene.basis = CORROBORATED;
        scene.slot(1, Scene.healthy(1).carries(false).facts());
        assertThat(scene.refusals()).containsExactly("last_healthy");
        assertThat(scene.words("last_healthy"))
                .isEqualTo("0 other backends in service seen healthy and carrying traffic since the first sign");
        scene.basis = ASSERTED;
        assertThat(scene.passes("last_healthy")).isTrue();
        scene.basis = CORROBORATED;
        scene.kind = RENEW;
        assertThat(scene.passes("last_healthy")).isTrue();
        assertThat(scene.words("last_healthy")).isEqualTo("1 other backend in service seen healthy");
    }

    @Test
    void a_renewal_asks_for_anybody_healthy_whenever_seen() {
        scene.slots(2);
        scene.kind = RENEW;
        scene.slot(1, Scene.healthy(1).goodAt(Scene.SIGN - SECOND).facts());
        assertThat(scene.passes("last_healthy")).isTrue();
        scene.slot(1, Scene.failing(1));
        assertThat(scene.passes("last_healthy")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        // slots, share, healthy others, enough
        "4, 0.5, 2, true",
        "4, 0.5, 1, false",
        "5, 0.5, 3, true",
        "5, 0.5, 2, false",
        "2, 0.5, 1, true",
        "3, 0.01, 1, true",
        "3, 0.01, 0, false",
        "10, 0.7, 7, true",
        "10, 0.7, 6, false",
    })
    void enough_others_are_healthy(int slots, double share, int healthy, boolean enough) {
        scene.slots(slots);
        scene.minHealthy = share;
        for (int i = healthy + 1; i < slots; i++) {
            scene.slot(i, Scene.healthy(i).goodAt(Scene.SIGN).facts());
        }
        assertThat(scene.passes("min_healthy")).isEqualTo(enough);
        assertThat(scene.words("min_healthy")).startsWith(healthy + " seen healthy, ");
        scene.basis = CORROBORATED;
        assertThat(scene.passes("min_healthy")).isTrue();
        scene.basis = ASSERTED;
        scene.kind = RENEW;
        assertThat(scene.passes("min_healthy")).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        // slots, share, already out, may
        "1, 0.34, 0, false",
        "2, 0.34, 0, true",
        "2, 0.34, 1, false",
        "5, 0.34, 0, true",
        "5, 0.34, 1, false",
        "6, 0.34, 1, true",
        "6, 0.34, 2, false",
        "3, 0.333333333333, 0, true",
        "3, 0.6666666666666, 1, true",
        "3, 0.6666666666666, 2, false",
        "4, 1.0, 3, true",
    })
    void no_more_than_the_share_may_be_out(int slots, double share, int out, boolean may) {
        for (Out why : Out.values()) {
            scene.slots(slots);
            scene.maxOut = share;
            for (int i = 1; i <= out; i++) {
                scene.slot(i, Scene.out(i, why));
            }
            boolean counts = why != IN && why != OWN_CORROBORATED;
            assertThat(scene.passes("cap")).as("%s", why).isEqualTo(counts ? may : slots > 1);
        }
        scene.basis = CORROBORATED;
        assertThat(scene.passes("cap")).isTrue();
        scene.basis = ASSERTED;
        scene.kind = RENEW;
        assertThat(scene.passes("cap")).isTrue();
    }

    @Test
    void the_cap_is_told_for_people() {
        scene.slot(1, Scene.out(1, FOREIGN));
        assertThat(scene.words("cap")).isEqualTo("2 of 4 would be out, 1 may be");
    }

    @ParameterizedTest
    @CsvSource({
        // pens, slots, out already, may
        "2, 20, 9, true",
        "3, 20, 3, true",
        "3, 20, 4, false",
        "3, 4, 0, true",
        "3, 4, 1, false",
        "3, 0, 0, true",
    })
    void no_more_than_a_fifth_of_all_may_be_out(int pens, int slots, int out, boolean may) {
        scene.fleet = new PenFacts.FleetFacts(pens, slots, out, 0, true);
        assertThat(scene.passes("global_cap")).isEqualTo(may);
        scene.basis = CORROBORATED;
        assertThat(scene.passes("global_cap")).isTrue();
        scene.basis = ASSERTED;
        scene.kind = RENEW;
        assertThat(scene.passes("global_cap")).isTrue();
    }

    @Test
    void all_pens_together_are_told_for_people() {
        scene.fleet = new PenFacts.FleetFacts(3, 20, 4, 0, true);
        assertThat(scene.words("global_cap")).isEqualTo("5 of 20 backends of all pens would be out, 4 may be");
    }

    @ParameterizedTest
    @CsvSource({"0, 0, true", "1, 1, false", "0, 2, true", "0, 3, false"})
    void not_too_fast(int onPen, int onAll, boolean may) {
        scene.recent = onPen;
        scene.fleet = new PenFacts.FleetFacts(1, 4, 0, onAll, true);
        assertThat(scene.passes("rate")).isEqualTo(may);
        assertThat(scene.words("rate"))
                .isEqualTo(onPen + " on this pen in the last 10 s, " + onAll + " on all in the last 60 s");
        scene.basis = CORROBORATED;
        assertThat(scene.passes("rate")).isTrue();
        scene.basis = ASSERTED;
        scene.kind = RENEW;
        assertThat(scene.passes("rate")).isTrue();
    }

    @Test
    void who_comes_and_goes_is_left_in() {
        scene.flapping = "too often";
        assertThat(scene.refusals()).containsExactly("flapping");
        assertThat(scene.words("flapping")).isEqualTo("too often");
        scene.kind = RENEW;
        assertThat(scene.refusals()).isEmpty();
        assertThat(scene.words("flapping")).isEqualTo("steady");
    }

    @ParameterizedTest
    @CsvSource({"10, 3, true", "10, 4, false", "4, 1, true", "4, 2, false"})
    void most_of_the_checked_have_to_be_fresh(int slots, int stale, boolean may) {
        scene.slots(slots);
        for (int i = 1; i <= stale; i++) {
            scene.slot(i, Scene.healthy(i).fresh(false).facts());
        }
        assertThat(scene.passes("unknown")).isEqualTo(may);
        assertThat(scene.words("unknown")).contains((slots - stale) + " of " + slots + " checked backends have fresh");
    }

    @Test
    void who_is_not_checked_or_not_usable_need_not_be_fresh() {
        scene.slot(1, Scene.healthy(1).fresh(false).checked(false).facts());
        scene.slot(2, Scene.healthy(2).fresh(false).usable(false).facts());
        assertThat(scene.passes("unknown")).isTrue();
        scene.slot(3, Scene.healthy(3).fresh(false).facts());
        assertThat(scene.passes("unknown")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"0.0, true", "0.5, true", "0.51, false", "NaN, true"})
    void pen_must_not_get_through_where_we_cannot(double share, boolean may) {
        scene.needsContrast = true;
        scene.slot(0, Scene.failed(0).share(share, Scene.SIGN + 1).facts());
        assertThat(scene.passes("unknown")).isEqualTo(may);
        scene.needsContrast = false;
        assertThat(scene.passes("unknown")).isTrue();
        scene.needsContrast = true;
        scene.kind = RENEW;
        assertThat(scene.passes("unknown")).isTrue();
    }

    @Test
    void what_pen_got_before_the_first_sign_says_nothing() {
        scene.needsContrast = true;
        scene.slot(0, Scene.failed(0).share(0, Scene.SIGN).facts());
        assertThat(scene.passes("unknown")).isFalse();
        assertThat(scene.words("unknown")).isEqualTo("whether pen still gets through to it is not known yet");
        scene.slot(0, Scene.failed(0).share(0.25, Scene.SIGN + 1).facts());
        assertThat(scene.words("unknown")).isEqualTo("pen gets 25 % of what it gets from another on average");
    }

    @Test
    void one_silent_moment_is_chance_until_others_have_answered_often_enough() {
        scene.needsContrast = true;
        scene.slot(0, Scene.failed(0).share(0, Scene.SIGN + 1).contrast(4.9).facts());
        assertThat(scene.passes("unknown")).isFalse();
        scene.slot(0, Scene.failed(0).share(0, Scene.SIGN + 1).contrast(5).facts());
        assertThat(scene.passes("unknown")).isTrue();
    }

    @Test
    void where_hardly_anything_moves_waiting_does_instead() {
        scene.needsContrast = true;
        scene.sign = Scene.NOW - 10 * SECOND;
        scene.slot(0, quiet().facts());
        assertThat(scene.passes("unknown")).isTrue();
        scene.sign++;
        assertThat(scene.passes("unknown")).isFalse();
        scene.sign = Scene.NOW - 10 * SECOND;
        scene.slot(0, quiet().moved(scene.sign + 1).facts());
        assertThat(scene.passes("unknown")).isFalse();
        scene.slot(0, quiet().moved(scene.sign).facts());
        assertThat(scene.passes("unknown")).isTrue();
    }

    private Scene.Slot quiet() {
        return Scene.failed(0).share(Double.NaN, scene.sign + 2).contrast(0).moved(Long.MIN_VALUE);
    }

    @Test
    void a_pen_through_which_nothing_ever_came_tells_nothing() {
        scene.needsContrast = true;
        scene.slots(2);
        scene.slot(0, Scene.failed(0).contrast(0).moved(Long.MIN_VALUE).facts());
        assertThat(scene.passes("unknown")).isFalse();
        scene.slot(1, Scene.healthy(1).moved(Long.MIN_VALUE).facts());
        assertThat(scene.passes("unknown")).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"NaN, true", "0.02, true", "0.021, false"})
    void no_more_of_pens_time_than_allowed(double occupancy, boolean may) {
        scene.occupancy = occupancy;
        assertThat(scene.passes("load")).isEqualTo(may);
        scene.kind = RENEW;
        assertThat(scene.passes("load")).isTrue();
    }

    @Test
    void the_load_is_told_for_people() {
        scene.occupancy = 0.004;
        assertThat(scene.words("load")).isEqualTo("0.40 % of pen taken, 2.00 % allowed");
    }

    @Test
    void without_a_record_nothing_is_done() {
        assertThat(scene.words("audit")).isEqualTo("records are written");
        scene.audited = false;
        assertThat(scene.refusals()).containsExactly("audit");
        assertThat(scene.words("audit")).isEqualTo("records cannot be written");
        scene.kind = RENEW;
        assertThat(scene.refusals()).containsExactly("audit");
    }

    @Test
    void what_was_read_a_second_ago_is_recent_and_more_is_not() {
        scene.readNanos = Scene.NOW - SECOND;
        assertThat(scene.refusals()).isEmpty();
        assertThat(scene.words("stale")).isEqualTo("pen was read 1.0 s ago");
        scene.readNanos--;
        assertThat(scene.refusals()).containsExactly("stale");
        scene.readNanos = Long.MIN_VALUE;
        assertThat(scene.refusals()).containsExactly("stale");
        assertThat(scene.words("stale")).isEqualTo("the pen cannot be read");
    }

    @ParameterizedTest
    @CsvSource({
        // own, full, foreign, corroborated, budget of ten slots at 34 %
        "0, 0, 0, 0, 3",
        "1, 0, 0, 0, 2",
        "1, 1, 0, 0, 1",
        "1, 1, 1, 0, 0",
        "2, 1, 1, 0, 0",
        "0, 0, 0, 3, 3",
    })
    void the_budget_is_what_may_still_leave(int own, int full, int foreign, int agreed, int budget) {
        scene.slots(10);
        scene.slot(0, Scene.healthy(0).facts());
        int at = 1;
        at = scene.fill(at, own, OWN);
        at = scene.fill(at, full, FULL);
        at = scene.fill(at, foreign, FOREIGN);
        scene.fill(at, agreed, OWN_CORROBORATED);
        assertThat(scene.facts().budget()).isEqualTo(budget);
        scene.agents = 2;
        scene.index = 1;
        assertThat(scene.facts().budget()).isLessThanOrEqualTo(1);
    }

    @Test
    void shares_add_up_to_the_whole() {
        for (int agents = 1; agents <= 16; agents++) {
            for (int whole = 0; whole < 40; whole++) {
                int sum = 0;
                for (int index = 0; index < agents; index++) {
                    sum += new PenFacts.Limits(1, 1, agents, index, 1).shareOf(whole);
                }
                assertThat(sum).isEqualTo(whole);
            }
        }
        assertThat(new PenFacts.Limits(1, 1, 3, 0, 1).shareOf(4)).isEqualTo(2);
        assertThat(new PenFacts.Limits(1, 1, 3, 1, 1).shareOf(4)).isEqualTo(1);
    }

    @Test
    void unseen_counts_as_out() {
        scene.slot(1, Scene.healthy(1).out(UNSEEN).facts());
        assertThat(scene.facts().countedOut()).isEqualTo(1);
        scene.slot(1, Scene.healthy(1).out(UNSEEN).usable(false).facts());
        assertThat(scene.facts().countedOut()).isZero();
        assertThat(scene.facts().usable()).isEqualTo(3);
    }

    @Test
    void a_persons_word_needs_no_cap_but_somebody_left() {
        scene.basis = PERSON;
        scene.slot(1, Scene.out(1, OWN));
        assertThat(scene.refusals()).isEmpty();
    }
}
