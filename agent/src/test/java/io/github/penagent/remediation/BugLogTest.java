package io.github.penagent.remediation;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class BugLogTest {
    private static final long SECOND = 1_000_000_000L;

    private final Logger logger = (Logger) LoggerFactory.getLogger(BugLog.class);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final BugLog bugs = new BugLog();

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
    void repeats_are_quiet_but_for_a_reminder_each_minute() {
        for (int second = 0; second < 130; second++) {
            bugs.tell("decide", one(), second * SECOND);
        }

        assertThat(lines.list).hasSize(130);
        assertThat(lines.list.stream().filter(line -> line.getLevel() == Level.ERROR))
                .hasSize(3)
                .allMatch(line -> line.getThrowableProxy() != null);
    }

    @Test
    void another_bug_is_heard_while_one_repeats() {
        bugs.tell("decide", one(), 0);
        bugs.tell("decide", another(), SECOND);
        bugs.tell("decide", one(), 2 * SECOND);
        bugs.tell("show", one(), 3 * SECOND);

        assertThat(lines.list)
                .extracting(ILoggingEvent::getLevel)
                .containsExactly(Level.ERROR, Level.ERROR, Level.DEBUG, Level.ERROR);
    }

    private static RuntimeException one() {
        return new IllegalStateException("one");
    }

    private static RuntimeException another() {
        return new IllegalStateException("another");
    }
}
