package io.github.penagent.remediation;

import static io.github.penagent.remediation.Decisions.dryRun;
import static io.github.penagent.remediation.Decisions.ofPen;
import static io.github.penagent.remediation.Decisions.refused;
import static io.github.penagent.remediation.Decisions.taken;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.github.penagent.remediation.Decision.Kind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

class DecisionLoggerTest {
    private final Logger logger = (Logger) LoggerFactory.getLogger(DecisionLogger.class);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    @BeforeEach
    void listen() {
        lines.start();
        logger.addAppender(lines);
        logger.setLevel(Level.DEBUG);
        logger.setAdditive(false);
    }

    @AfterEach
    void leave() {
        logger.detachAppender(lines);
        logger.setLevel(null);
        logger.setAdditive(true);
    }

    @Test
    void a_line_has_the_words_and_for_machines_the_same_in_parts() {
        ILoggingEvent line = logged(refused(Kind.EJECT, Mode.ENFORCE));

        assertThat(line.getFormattedMessage()).startsWith("not ejecting 10.0.0.12:80 from web: cap: ");
        assertThat(line.getKeyValuePairs())
                .extracting(pair -> pair.key + "=" + pair.value)
                .containsExactly(
                        "pen=web",
                        "server=1",
                        "address=10.0.0.12:80",
                        "decision=eject",
                        "id=1",
                        "mode=enforce",
                        "source=check",
                        "refused_by=cap",
                        "lease_seconds=20");
    }

    @Test
    void a_line_about_a_pen_names_no_backend() {
        assertThat(logged(ofPen(Kind.PANIC, "all fail")).getKeyValuePairs())
                .extracting(pair -> pair.key)
                .containsExactly("pen", "decision", "id", "mode");
    }

    @ParameterizedTest
    @EnumSource(
            names = {"FAILING", "HEALTHY", "EJECT", "LIFT", "RETURN", "LOST", "CALM", "RAISE_PENDING", "HOLD", "MODE"})
    void verdicts_and_acts_are_for_everybody(Kind kind) {
        assertThat(logged(taken(kind)).getLevel()).isEqualTo(Level.INFO);
        assertThat(logged(dryRun(kind)).getLevel()).isEqualTo(Level.INFO);
    }

    @Test
    void renewals_are_quiet() {
        assertThat(logged(taken(Kind.RENEW)).getLevel()).isEqualTo(Level.DEBUG);
        assertThat(logged(dryRun(Kind.RENEW)).getLevel()).isEqualTo(Level.DEBUG);
    }

    @Test
    void what_leaves_a_failing_backend_in_or_doubts_the_agent_is_a_warning() {
        assertThat(logged(refused(Kind.EJECT, Mode.ENFORCE)).getLevel()).isEqualTo(Level.WARN);
        assertThat(logged(refused(Kind.EJECT, Mode.DRY_RUN)).getLevel()).isEqualTo(Level.WARN);
        assertThat(logged(refused(Kind.RENEW, Mode.ENFORCE)).getLevel()).isEqualTo(Level.WARN);
        assertThat(logged(ofPen(Kind.PANIC, "all fail")).getLevel()).isEqualTo(Level.WARN);
        assertThat(logged(taken(Kind.FLAPPING)).getLevel()).isEqualTo(Level.WARN);
    }

    private ILoggingEvent logged(Decision decision) {
        new DecisionLogger().log(decision);
        return lines.list.get(lines.list.size() - 1);
    }
}
