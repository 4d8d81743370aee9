package io.github.penagent.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.penagent.peers.Promtool;
import io.github.penagent.peers.Run;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every expression of every rule and dashboard means something on a stack that runs, each alternative by itself. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@EnabledIfSystemProperty(named = "full", matches = "true", disabledReason = "two minutes: mvn verify -Pfull")
class ExpressionsIT {
    private static final String ALONE = "the agent is not one of a cluster";

    /** What such a stack does not come to, and why. */
    private static final Map<String, String> NOT_HERE = Map.of(
            "PenScrapeStale", "an agent that answers and does not poll would be a broken one",
            "PenClockOffset", "pen and agent have one clock",
            "PenServerFlapping #2", "a lease that comes and goes takes minutes, by design",
            "PenAgentCoordinationDown", ALONE,
            "PenUnwatched", ALONE,
            "PenExportedTwice", ALONE,
            "pen-agent / Members / A #1", ALONE,
            "pen-agent / Pens owned / A #1", ALONE,
            "pen-agent / Ownership changes / A #1", ALONE,
            "pen-agent / Coordination / A #1", ALONE);

    private static final Pattern OF_A_CLUSTER =
            Pattern.compile("pen_agent_(members|owned_pens|ownership_changes_total|coordination_up)\\b");

    private final LiveStack stack = new LiveStack();
    private final Expressions expressions = new Expressions(stack);
    private final Troubles troubles = new Troubles(stack, expressions);
    private Set<String> quiet = Set.of();

    @BeforeAll
    void live() throws IOException, InterruptedException {
        new OrdinaryLife(stack).live();
        quiet = expressions.unansweredWithout("odd");
        troubles.bring();
    }

    @AfterAll
    void end() {
        stack.close();
    }

    @Test
    void what_is_asked_is_answered_in_ordinary_life_unless_it_waits_for_trouble() {
        Set<String> unexpected = new TreeSet<>(quiet);
        unexpected.removeAll(troubles.shown().keySet());
        assertThat(unexpected).isSubsetOf(NOT_HERE.keySet());
    }

    @Test
    void what_waits_for_trouble_is_answered_when_it_comes() {
        assertThat(expressions.unanswered()).containsExactlyInAnyOrderElementsOf(NOT_HERE.keySet());
    }

    @Test
    void each_choice_of_series_finds_some() {
        assertThat(expressions.unknownSeries())
                .filteredOn(OF_A_CLUSTER.asPredicate().negate())
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("notHere")
    void what_does_not_come_here_is_tried_on_series_that_were_made_up(String alert) {
        String tests = Shipped.text(Shipped.ruleTest(alert));
        assertThat(tests).containsPattern("alertname: " + Pattern.quote(alert) + "\\s+exp_alerts:\\s+- ");
        assertThat(Promtool.testRules(Shipped.ruleTest(alert)))
                .extracting(Run::exit)
                .isEqualTo(0);
    }

    static Set<String> notHere() {
        Set<String> alerts = new TreeSet<>();
        NOT_HERE.keySet().stream()
                .filter(name -> !name.contains(" / "))
                .forEach(name -> alerts.add(name.replaceAll(" #.*", "")));
        return alerts;
    }

    @Test
    void prometheus_has_nothing_against_the_rules() {
        assertThat(expressions.rules()).isNotEmpty().allSatisfy(rule -> assertThat(rule.getString("health"))
                .as(Expressions.name(rule))
                .isEqualTo("ok"));
        assertThat(stack.prometheus.warnings()).isEmpty();
    }
}
