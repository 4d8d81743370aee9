package io.github.penagent.remediation;

import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/** What a person wants to read of changes to pens: each but renewals, and why one was not made. */
final class HandLog {
    private static final Logger log = LoggerFactory.getLogger(HandLog.class);

    private HandLog() {}

    static void done(Decision decision, Event.Done done) {
        boolean made = done.outcome().isMade();
        boolean routine = decision.kind() == Decision.Kind.RENEW;
        LoggingEventBuilder line = (!made ? log.atWarn() : routine ? log.atDebug() : log.atInfo())
                .addKeyValue("pen", done.pen())
                .addKeyValue("id", done.id())
                .addKeyValue("decision", decision.kind().label());
        if (decision.server() >= 0) {
            line = line.addKeyValue("server", decision.server())
                    .addKeyValue("address", decision.address())
                    .addKeyValue("seconds", decision.seconds());
        }
        line.addKeyValue("outcome", done.outcome().name().toLowerCase(Locale.ROOT))
                .addKeyValue("seen", done.seen())
                .log(made ? "pen was changed" : "a change to pen was not made, or is not certain");
    }

    static void bug(String pen, Throwable bug) {
        log.atError().addKeyValue("pen", pen).setCause(bug).log("unexpected error while changing a pen");
    }
}
