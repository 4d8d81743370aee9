package io.github.penagent.remediation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which alerts count, for how long, and that the order in which they come changes nothing. */
class AlertsTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final long MINUTE = Duration.ofMinutes(1).toNanos();
    private static final String ADDRESS = "10.0.0.1:80";

    private final AlertRules rules = new AlertRules(
            List.of(
                    new AlertRule("BackendErrors", Duration.ofMinutes(10), true),
                    new AlertRule("BackendSlow", Duration.ofMinutes(2), false)),
            () -> NOW);
    private final Map<String, String> labels = new HashMap<>(
            Map.of("alertname", "BackendErrors", "pen_action", "eject", "pen", "web", "address", ADDRESS));

    @Test
    void one_that_is_named_and_asks_for_it_is_about_one_backend() {
        Alert alert = taken(NOW.minusSeconds(60));

        assertThat(alert)
                .isEqualTo(new Alert(
                        "f1",
                        NOW.minusSeconds(60).toEpochMilli(),
                        true,
                        false,
                        "web",
                        ADDRESS,
                        "BackendErrors",
                        true,
                        10 * MINUTE));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
                    alertname,  BackendErrors2, NOT_NAMED
                    alertname,  '',             NOT_NAMED
                    alertname,  ,               NOT_NAMED
                    pen_action, Eject,          NO_OPT_IN
                    pen_action, ,               NO_OPT_IN
                    pen,        '',             NO_MATCH
                    pen,        ,               NO_MATCH
                    address,    ,               NO_MATCH
                    """)
    void without_the_right_labels_it_is_nothing(String label, String value, AlertOutcome expected) {
        if (value == null) {
            labels.remove(label);
        } else {
            labels.put(label, value);
        }

        assertThat(read(NOW)).isEqualTo(new AlertReading.Refused(expected));
    }

    @Test
    void one_that_begins_in_the_future_or_before_time_is_not_believed() {
        assertThat(read(NOW.plusSeconds(61))).isEqualTo(new AlertReading.Refused(AlertOutcome.STALE));
        assertThat(read(Instant.EPOCH.minusSeconds(1))).isEqualTo(new AlertReading.Refused(AlertOutcome.STALE));
        assertThat(read(NOW.plusSeconds(59))).isInstanceOf(AlertReading.Taken.class);
    }

    @Test
    void an_old_spell_is_believed_only_if_it_was_known_when_it_was_young() {
        assertThat(taken(NOW.minus(Alert.OLD).minusSeconds(1)).old()).isTrue();
        assertThat(Backend.NEW.outcome(alert(0, true, true), 0)).isEqualTo(AlertOutcome.STALE);
        Backend known = Backend.NEW.with(alert(0, true, false), 0);
        assertThat(known.outcome(alert(0, true, true), MINUTE)).isEqualTo(AlertOutcome.DUPLICATE);
    }

    @Test
    void a_repetition_makes_it_count_for_longer_and_without_one_it_ends() {
        Backend twice = Backend.NEW.with(alert(0, true, false), 0).with(alert(0, true, false), 4 * MINUTE);

        assertThat(twice.at(13 * MINUTE).alerts()).hasSize(1);
        assertThat(twice.at(14 * MINUTE).alerts()).isEmpty();
    }

    @Test
    void what_was_resolved_is_not_brought_back_by_a_copy_for_a_day() {
        Backend over = Backend.NEW.with(alert(60, true, false), 0).with(alert(60, false, false), MINUTE);

        for (long later : new long[] {2, 60, 24 * 60}) {
            assertThat(over.at(later * MINUTE).outcome(alert(60, true, false), later * MINUTE))
                    .isEqualTo(AlertOutcome.STALE);
            assertThat(over.at(later * MINUTE).outcome(alert(0, true, false), later * MINUTE))
                    .isEqualTo(AlertOutcome.STALE);
        }
        assertThat(over.outcome(alert(61, true, false), 2 * MINUTE)).isEqualTo(AlertOutcome.ACCEPTED);
    }

    /** Every agent is told of every alert, and all but one have nothing to do with it. */
    @Test
    void one_about_a_pen_of_another_agent_is_no_mistake_of_who_sent_it() {
        Rules alone = Sim.rules(Sim.settings(Mode.ENFORCE, 1, 0, "web"), "mail");
        Rules shared = new Rules(
                alone.pens(),
                alone.settings(),
                alone.checks(),
                alone.passive(),
                1,
                Optional.of(Rules.Moves.with(Set.of("web"), Duration.ofSeconds(1))));

        assertThat(State.start(shared, 0).outcome(alert(0, true, false))).isEqualTo(AlertOutcome.ELSEWHERE);
        assertThat(State.start(alone, 0).outcome(alert(0, true, false))).isEqualTo(AlertOutcome.NO_MATCH);
    }

    @Test
    void resolved_first_and_fired_later_is_resolved() {
        Backend resolved = Backend.NEW.with(alert(5, false, false), 0).with(alert(5, true, false), MINUTE);

        assertThat(resolved.alerts().values()).noneMatch(Firing::firing);
    }

    @Test
    void what_an_earlier_spell_says_late_does_not_end_the_present_one() {
        Backend second = Backend.NEW.with(alert(60, true, false), 0).with(alert(0, false, false), MINUTE);

        assertThat(second.alerts().values()).allMatch(Firing::firing);
    }

    /** A pair of Prometheus servers, whose clocks tell different starts, and Alertmanager learns of the earlier one later. */
    @Test
    void two_senders_that_differ_by_a_minute_mean_one_spell() {
        Backend both = Backend.NEW.with(alert(61, true, false), 0);
        assertThat(both.outcome(alert(60, true, false), MINUTE)).isEqualTo(AlertOutcome.DUPLICATE);
        both = both.with(alert(60, true, false), MINUTE);
        assertThat(both.at(10 * MINUTE + 1).alerts()).hasSize(1);
        both = both.with(alert(60, false, false), 2 * MINUTE);
        assertThat(both.alerts().values()).noneMatch(Firing::firing);
    }

    @Test
    void in_whatever_order_messages_come_the_last_spell_decides() {
        List<Alert> messages = List.of(
                alert(0, true, false),
                alert(0, false, false),
                alert(60, true, false),
                alert(60, false, false),
                alert(120, true, false));
        for (List<Alert> order : permutations(messages)) {
            Backend backend = Backend.NEW;
            for (Alert message : order) {
                backend = backend.with(message, MINUTE).with(message, MINUTE);
            }
            assertThat(backend.alerts().values())
                    .as("%s", order)
                    .singleElement()
                    .isEqualTo(Firing.first(alert(120, true, false), MINUTE));
        }
    }

    @Test
    void there_is_room_for_so_many_and_those_that_are_over_make_it() {
        Backend full = Backend.NEW;
        for (int i = 0; i < Backend.MAX_ALERTS; i++) {
            full = full.with(named("f" + i, i > 0), i);
        }
        full = full.with(named("one more", true), 100);
        assertThat(full.alerts())
                .hasSize(Backend.MAX_ALERTS)
                .doesNotContainKey("f0")
                .containsKey("one more");
        assertThat(full.outcome(named("and another", true), 101)).isEqualTo(AlertOutcome.TOO_MANY);
        assertThat(full.with(named("and another", true), 101).alerts())
                .hasSize(Backend.MAX_ALERTS)
                .doesNotContainKey("and another");
    }

    private Alert taken(Instant startsAt) {
        return ((AlertReading.Taken) read(startsAt)).alert();
    }

    private AlertReading read(Instant startsAt) {
        return rules.read("f1", startsAt, true, labels);
    }

    /** @param startsAt in minutes */
    private static Alert alert(long startsAt, boolean firing, boolean old) {
        return new Alert("f", startsAt * 60_000, firing, old, "web", ADDRESS, "BackendErrors", true, 10 * MINUTE);
    }

    private static Alert named(String fingerprint, boolean firing) {
        return new Alert(fingerprint, 0, firing, false, "web", ADDRESS, "BackendErrors", true, 10 * MINUTE);
    }

    private static List<List<Alert>> permutations(List<Alert> all) {
        if (all.isEmpty()) {
            return List.of(List.of());
        }
        List<List<Alert>> found = new ArrayList<>();
        for (Alert first : all) {
            List<Alert> others = new ArrayList<>(all);
            others.remove(first);
            for (List<Alert> rest : permutations(others)) {
                List<Alert> order = new ArrayList<>(List.of(first));
                order.addAll(rest);
                found.add(order);
            }
        }
        return found;
    }
}
