package io.github.penagent.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import ch.qos.logback.core.spi.ContextAwareBase;
import java.nio.charset.StandardCharsets;
import org.slf4j.LoggerFactory;

/**
 * The log: to stderr, never blocking. Found by logback as a service, so that the first line is already in our format; the
 * command line's choice replaces it.
 */
public final class Logging extends ContextAwareBase implements Configurator {
    private static final String AGENT = "io.github.penagent";

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        apply(context, LogFormat.LOGFMT, LogLevel.INFO);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    /** Replaces format and level, at once and for all loggers. */
    public static void use(LogFormat format, LogLevel level) {
        LoggerContext context = context();
        context.reset();
        apply(context, format, level);
    }

    /** Writes out what is queued, for half a second at most; what is logged afterwards is lost. */
    public static void stop() {
        context().stop();
    }

    private static LoggerContext context() {
        return (LoggerContext) LoggerFactory.getILoggerFactory();
    }

    private static void apply(LoggerContext context, LogFormat format, LogLevel level) {
        ConsoleAppender<ILoggingEvent> stderr = new ConsoleAppender<>();
        stderr.setContext(context);
        stderr.setTarget("System.err");
        stderr.setEncoder(encoder(context, format, level));
        stderr.start();
        BoundedAppender queue = new BoundedAppender();
        queue.setContext(context);
        queue.addAppender(stderr);
        queue.start();
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.convertAnSLF4JLevel(level.libraries()));
        root.addAppender(queue);
        context.getLogger(AGENT).setLevel(Level.convertAnSLF4JLevel(level.agent()));
        context.start();
    }

    private static Encoder<ILoggingEvent> encoder(LoggerContext context, LogFormat format, LogLevel level) {
        Encoder<ILoggingEvent> encoder =
                switch (format) {
                    case LOGFMT -> logfmt(context, level);
                    case JSON -> new OneLineJson();
                };
        encoder.setContext(context);
        encoder.start();
        return encoder;
    }

    private static Encoder<ILoggingEvent> logfmt(LoggerContext context, LogLevel level) {
        LogfmtLayout layout = new LogfmtLayout(level.showsStacks());
        layout.setContext(context);
        layout.start();
        LayoutWrappingEncoder<ILoggingEvent> encoder = new LayoutWrappingEncoder<>();
        encoder.setCharset(StandardCharsets.UTF_8);
        encoder.setLayout(layout);
        return encoder;
    }
}
