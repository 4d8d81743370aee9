package io.github.penagent.remediation;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/** Tells people of decisions. The core decides on changes only, so nothing is said twice but renewals, which are quiet. */
public final class DecisionLogger {
    private static final Logger log = LoggerFactory.getLogger(DecisionLogger.class);

    public void log(Decision decision) {
        LoggingEventBuilder line = log.atLevel(level(decision)).addKeyValue("pen", decision.pen());
        if (!decision.address().isEmpty()) {
            line = line.addKeyValue("server", decision.server()).addKeyValue("address", decision.address());
        }
        line = line.addKeyValue("decision", decision.kind().label())
                .addKeyValue("id", decision.id())
                .addKeyValue("mode", decision.mode().label());
        if (decision.source().isPresent()) {
            line = line.addKeyValue("source", decision.source().get().label());
        }
        if (decision.refusedBy().isPresent()) {
            line = line.addKeyValue("refused_by", decision.refusedBy().get());
        }
        if (decision.seconds() > 0) {
            line = line.addKeyValue("lease_seconds", decision.seconds());
        }
        line.log(DecisionText.of(decision));
    }

    /** Loud where a person may have to look: what fails stays in, or the agent does not trust what it sees. */
    static Level level(Decision decision) {
        boolean carriedOut = decision.permitted() || DecisionText.dryRun(decision);
        return switch (decision.kind()) {
            case PANIC, FLAPPING, TWIN, BLACKLIST_TIME -> Level.WARN;
            case EJECT -> carriedOut ? Level.INFO : Level.WARN;
            case RENEW -> carriedOut ? Level.DEBUG : Level.WARN;
            default -> Level.INFO;
        };
    }
}
