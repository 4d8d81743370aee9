package io.github.penagent.remediation;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What should never happen, and does not end remediation: each kind is said loudly at first and once a minute, its repeats quietly. */
final class BugLog {
    private static final Logger log = LoggerFactory.getLogger(BugLog.class);
    private static final Duration REMINDER = Duration.ofMinutes(1);

    /** When each kind was last said loudly. There are no more kinds than places in the code. */
    private final Map<String, Long> told = new HashMap<>();

    void tell(String what, RuntimeException bug, long nanos) {
        String kind = what + " " + bug.getClass() + place(bug.getStackTrace());
        Long last = told.get(kind);
        boolean loudly = last == null || nanos - last >= REMINDER.toNanos();
        if (loudly) {
            told.put(kind, nanos);
        }
        (loudly ? log.atError() : log.atDebug())
                .addKeyValue("what", what)
                .setCause(bug)
                .log("unexpected error, remediation goes on");
    }

    private static String place(StackTraceElement[] stack) {
        return stack.length == 0 ? "" : " at " + stack[0];
    }
}
