package io.github.penagent.discovery;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/** What is said of the sources: the first failure loudly, its repeats quietly, recovery once. One thread at a time. */
final class SourceLog {
    private static final Logger log = LoggerFactory.getLogger(SourceLog.class);

    private final Map<String, Set<String>> refused = new HashMap<>();
    private final Set<String> late = new HashSet<>();

    /** A look ended. */
    void looked(String source, Found before, Found after) {
        if (late.remove(source)) {
            event(log.atInfo(), source).log("source of pens answers again");
        }
        Set<String> places = new TreeSet<>(before.places().keySet());
        places.addAll(after.places().keySet());
        for (String place : places) {
            if (after.places().containsKey(place)) {
                changed(source, place, before.at(place), after.at(place));
            } else {
                left(source, place, before.at(place));
            }
        }
    }

    /** Another fault is as loud as the first only if somebody changed the place. */
    private static void changed(String source, String place, Place before, Place after) {
        boolean sameContent = before.content().equals(after.content());
        if (after.isFaulty()) {
            event(before.isFaulty() && sameContent ? log.atDebug() : log.atWarn(), source)
                    .addKeyValue("place", place)
                    .addKeyValue("problem", after.faults().get(0))
                    .addKeyValue("problems", after.faults().size())
                    .addKeyValue("pens", after.pens().size())
                    .log("source of pens has faults; what was good stays");
        } else if (before.isFaulty()) {
            named(source, place, after, "source of pens is right again");
        } else if (!sameContent) {
            named(source, place, after, "pens named");
        }
    }

    private static void named(String source, String place, Place what, String message) {
        event(log.atInfo(), source)
                .addKeyValue("place", place)
                .addKeyValue("pens", what.pens().size())
                .log(message);
    }

    private static void left(String source, String place, Place before) {
        if (!before.pens().isEmpty()) {
            named(source, place, before, "pens are gone with their file");
        } else if (before.isFaulty()) {
            named(source, place, before, "source of pens is right again");
        }
    }

    /** These pens cannot be watched, because others have their names or addresses. */
    void refused(String source, Set<String> lines) {
        Set<String> fresh = new TreeSet<>(lines);
        fresh.removeAll(refused.getOrDefault(source, Set.of()));
        refused.put(source, Set.copyOf(lines));
        if (!fresh.isEmpty()) {
            event(log.atWarn(), source)
                    .addKeyValue("problem", fresh.iterator().next())
                    .addKeyValue("problems", fresh.size())
                    .log("pens refused");
            fresh.stream().skip(1).forEach(line -> event(log.atDebug(), source)
                    .addKeyValue("problem", line)
                    .log("pens refused"));
        }
    }

    /** It was time for the next look before the last one ended. */
    void late(String source) {
        event(late.add(source) ? log.atWarn() : log.atDebug(), source)
                .log("source of pens does not answer; what it said last stays");
    }

    /** A fault of our own. */
    void broken(String source, Throwable e) {
        event(log.atError(), source).setCause(e).log("source of pens cannot be asked");
    }

    private static LoggingEventBuilder event(LoggingEventBuilder event, String source) {
        return event.addKeyValue("source", source);
    }
}
