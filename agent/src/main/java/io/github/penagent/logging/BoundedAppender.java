package io.github.penagent.logging;

import ch.qos.logback.classic.AsyncAppender;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.event.KeyValuePair;

/**
 * Between the agent and its log: a queue that drops lines rather than let a reader of stderr that stands still stop the
 * polling. The next line that finds room tells how many were dropped.
 */
final class BoundedAppender extends AsyncAppender {
    private static final int MAX_QUEUED = 4_096;
    private static final int MAX_FLUSH_MS = 500;

    private final AtomicLong discarded = new AtomicLong();

    BoundedAppender() {
        setQueueSize(MAX_QUEUED);
        // Only a full queue drops; without this, the last fifth would be kept for warnings.
        setDiscardingThreshold(0);
        setNeverBlock(true);
        setMaxFlushTime(MAX_FLUSH_MS);
    }

    @Override
    protected void append(ILoggingEvent event) {
        if (getRemainingCapacity() == 0) {
            discarded.incrementAndGet();
            return;
        }
        // Two lines need two places.
        long lost = getRemainingCapacity() > 1 ? discarded.getAndSet(0) : 0;
        if (lost > 0) {
            super.append(loss(lost));
        }
        super.append(event);
    }

    private LoggingEvent loss(long lost) {
        LoggerContext context = (LoggerContext) getContext();
        LoggingEvent event = new LoggingEvent(
                BoundedAppender.class.getName(),
                context.getLogger(BoundedAppender.class),
                Level.WARN,
                "log lines discarded",
                null,
                null);
        event.addKeyValuePair(new KeyValuePair("count", lost));
        return event;
    }
}
