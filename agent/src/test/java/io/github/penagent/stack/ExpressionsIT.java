package io.github.penagent.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Every expression of every rule and dashboard means something on a stack that runs. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExpressionsIT {
    private final LiveStack stack = new LiveStack();
    private final Expressions expressions = new Expressions(stack);
    private Set<String> ordinarily = Set.of();

    @BeforeAll
    void live() throws IOException, InterruptedException {
        new OrdinaryLife(stack).live();
        ordinarily = expressions.unanswered();
        System.out.println(Duration.between(stack.begun, Instant.now()) + " " + ordinarily);
        new Troubles(stack, expressions).bring();
    }

    @AfterAll
    void end() {
        stack.close();
    }

    @Test
    void all_is_answered() {
        assertThat(expressions.unanswered()).isEmpty();
    }

    @Test
    void prometheus_has_nothing_against_the_rules() {
        assertThat(expressions.rules()).isNotEmpty().allSatisfy(rule -> assertThat(rule.getString("health"))
                .as(Expressions.name(rule))
                .isEqualTo("ok"));
        assertThat(stack.prometheus.warnings()).isEmpty();
    }
}
