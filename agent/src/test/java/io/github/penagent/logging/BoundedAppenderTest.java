package io.github.penagent.logging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.AppenderBase;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class BoundedAppenderTest {
    private static final int MORE_THAN_FITS = 10_000;

    private final LoggerContext context = new LoggerContext();
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch reading = new CountDownLatch(1);
    private final List<String> written = Collections.synchronizedList(new ArrayList<>());
    private final Logger log = context.getLogger("test");

    @AfterEach
    void stop() {
        reading.countDown();
        context.stop();
    }

    @Test
    void a_log_that_nobody_reads_drops_lines_and_tells_how_many() throws InterruptedException {
        logTo(new StandingStill());
        log.info("line");
        // Whoever writes takes at once what is queued; had it not begun, there would be room again later.
        begun.await();

        for (int i = 1; i < MORE_THAN_FITS; i++) {
            log.info("line");
        }
        reading.countDown();
        await().until(() -> written.size() > 4_096);
        int arrived = written.size();
        log.info("last");
        await().until(() -> written.contains("last[]"));

        assertThat(written.subList(arrived, written.size()))
                .containsExactly("log lines discarded[count=\"" + (MORE_THAN_FITS - arrived) + "\"]", "last[]");
    }

    @Test
    void stopping_writes_what_is_queued() {
        logTo(new StandingStill());
        reading.countDown();

        for (int i = 0; i < 100; i++) {
            log.info("line");
        }
        context.stop();

        assertThat(written).hasSize(100);
    }

    private void logTo(StandingStill stderr) {
        context.setMDCAdapter(new LogbackMDCAdapter());
        stderr.setContext(context);
        stderr.start();
        BoundedAppender queue = new BoundedAppender();
        queue.setContext(context);
        queue.addAppender(stderr);
        queue.start();
        log.addAppender(queue);
    }

    /** A reader that waits until the test lets it read. */
    private final class StandingStill extends AppenderBase<ILoggingEvent> {
        @Override
        protected void append(ILoggingEvent event) {
            begun.countDown();
            try {
                reading.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            written.add(
                    event.getFormattedMessage() + (event.getKeyValuePairs() == null ? "[]" : event.getKeyValuePairs()));
        }
    }
}
