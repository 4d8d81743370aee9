package io.github.penagent.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.slf4j.event.KeyValuePair;

class LogfmtLayoutTest {
    private final LogfmtLayout layout = new LogfmtLayout(false);

    @Test
    void an_event_is_a_line_of_pairs() {
        LoggingEvent event = event("pen lost", null);
        event.addKeyValuePair(new KeyValuePair("pen", "web"));
        event.addKeyValuePair(new KeyValuePair("since", null));

        assertThat(layout.doLayout(event))
                .isEqualTo(
                        "ts=2026-11-21T08:00:00.120Z level=warn logger=a.Poller msg=\"pen lost\" pen=web since=null\n");
    }

    @Test
    void an_error_is_told_with_its_causes() {
        Throwable thrown = new IOException("cannot poll", new ConnectException());

        assertThat(layout.doLayout(event("pen lost", thrown)))
                .endsWith(" msg=\"pen lost\" err=\"IOException: cannot poll; cause: ConnectException\"\n");
    }

    @Test
    void an_error_that_causes_itself_ends() {
        IOException outer = new IOException("outer");
        outer.initCause(new IOException("inner", outer));

        assertThat(layout.doLayout(event("odd", outer))).contains("outer; cause: IOException: inner");
    }

    @Test
    void a_stack_is_shown_on_request_and_stays_in_the_line() {
        String line = new LogfmtLayout(true).doLayout(event("odd", new IOException("two\nlines")));

        assertThat(line.lines()).hasSize(1);
        assertThat(ParsedLine.of(line.strip()))
                .contains(Map.entry("err", "IOException: two\nlines"))
                .anySatisfy(pair -> assertThat(pair.getKey() + pair.getValue())
                        .startsWith("stackjava.io.IOException: two\nlines\n\tat io.github.penagent."));
    }

    private static LoggingEvent event(String message, @Nullable Throwable thrown) {
        LoggingEvent event =
                new LoggingEvent("", new LoggerContext().getLogger("a.Poller"), Level.WARN, message, thrown, null);
        event.setInstant(Instant.parse("2026-11-21T08:00:00.120456Z"));
        return event;
    }
}
