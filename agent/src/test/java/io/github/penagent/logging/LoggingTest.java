package io.github.penagent.logging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

class LoggingTest {
    private static final Logger OURS = LoggerFactory.getLogger("io.github.penagent.poll.Poller");
    private static final Logger NETTY = LoggerFactory.getLogger("io.netty.channel");

    private final PrintStream stderr = System.err;

    @AfterEach
    void restore() {
        System.setErr(stderr);
        Logging.use(LogFormat.LOGFMT, LogLevel.INFO);
    }

    @Test
    void libraries_are_quieter_than_the_agent() {
        Logging.use(LogFormat.LOGFMT, LogLevel.DEBUG);

        assertThat(OURS.isDebugEnabled()).isTrue();
        assertThat(NETTY.isInfoEnabled()).isFalse();
        assertThat(NETTY.isWarnEnabled()).isTrue();
    }

    @Test
    void error_silences_libraries_too() {
        Logging.use(LogFormat.LOGFMT, LogLevel.ERROR);

        assertThat(OURS.isWarnEnabled()).isFalse();
        assertThat(NETTY.isWarnEnabled()).isFalse();
    }

    @Test
    void logfmt_goes_to_stderr() {
        assertThat(logged(LogFormat.LOGFMT))
                .matches("ts=\\S+Z level=info logger=io.github.penagent.poll.Poller msg=polled pen=web\n");
    }

    @Test
    void json_goes_to_stderr_one_object_a_line() {
        assertThat(logged(LogFormat.JSON))
                .matches("\\{.*\"level\":\"INFO\".*\"kvpList\": ?\\[\\{\"pen\":\"web\"}].*\"message\":\"polled\".*}\n");
    }

    private String logged(LogFormat format) {
        ByteArrayOutputStream captured = new ByteArrayOutputStream();
        System.setErr(new PrintStream(captured, true, StandardCharsets.UTF_8));
        Logging.use(format, LogLevel.INFO);
        OURS.atInfo().addKeyValue("pen", "web").log("polled");
        Logging.stop();
        return captured.toString(StandardCharsets.UTF_8);
    }
}
