package io.github.penagent.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.LayoutBase;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.KeyValuePair;

/** A logging event as one line: {@code ts level logger msg}, the event's own pairs, {@code err} and, if shown, {@code stack}. */
final class LogfmtLayout extends LayoutBase<ILoggingEvent> {
    private static final DateTimeFormatter RFC3339_MILLIS =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter(Locale.ROOT);
    private static final int MAX_CAUSES = 4;

    private final boolean showStacks;

    LogfmtLayout(boolean showStacks) {
        this.showStacks = showStacks;
    }

    @Override
    public String doLayout(ILoggingEvent event) {
        Logfmt line = new Logfmt()
                .put("ts", RFC3339_MILLIS.format(event.getInstant()))
                .put("level", event.getLevel().toString().toLowerCase(Locale.ROOT))
                .put("logger", event.getLoggerName())
                .put("msg", event.getFormattedMessage());
        putPairs(line, event.getKeyValuePairs());
        putError(line, event.getThrowableProxy());
        return line + "\n";
    }

    private static void putPairs(Logfmt line, @Nullable List<KeyValuePair> pairs) {
        if (pairs != null) {
            pairs.forEach(pair -> line.put(String.valueOf(pair.key), String.valueOf(pair.value)));
        }
    }

    private void putError(Logfmt line, @Nullable IThrowableProxy thrown) {
        if (thrown == null) {
            return;
        }
        line.put("err", summary(thrown));
        if (showStacks) {
            line.put("stack", ThrowableProxyUtil.asString(thrown));
        }
    }

    private static String summary(IThrowableProxy thrown) {
        StringBuilder all = new StringBuilder(named(thrown));
        IThrowableProxy cause = thrown.getCause();
        for (int i = 0; i < MAX_CAUSES && cause != null; i++) {
            all.append("; cause: ").append(named(cause));
            cause = cause.getCause();
        }
        return all.toString();
    }

    private static String named(IThrowableProxy thrown) {
        String type = thrown.getClassName().substring(thrown.getClassName().lastIndexOf('.') + 1);
        return thrown.getMessage() == null ? type : type + ": " + thrown.getMessage();
    }
}
