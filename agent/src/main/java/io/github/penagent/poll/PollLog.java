package io.github.penagent.poll;

import io.github.penagent.fleet.FailureReason;
import io.github.penagent.fleet.PenState;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a person wants to read of one pen's polls: the first failure of a kind, not its repeats, and the recovery. */
final class PollLog {
    private static final Logger log = LoggerFactory.getLogger(PollLog.class);

    private Target target;
    private @Nullable FailureReason failing;
    private long failures;

    PollLog(Target target) {
        this.target = target;
    }

    /** From now on about this one; a failure there is another one. */
    void about(Target now) {
        failing = now.control().equals(target.control()) ? failing : null;
        target = now;
    }

    void failed(FailureReason reason, String message) {
        failures++;
        (reason == failing ? log.atDebug() : log.atWarn())
                .addKeyValue("pen", target.name())
                .addKeyValue("control", target.control())
                .addKeyValue("reason", reason.label())
                .addKeyValue("err", message)
                .log("poll failed");
        failing = reason;
    }

    void answered() {
        if (failing != null) {
            log.atInfo()
                    .addKeyValue("pen", target.name())
                    .addKeyValue("failures", failures)
                    .log("pen answers again");
            failing = null;
            failures = 0;
        }
    }

    void restarted(PenState state) {
        log.atInfo()
                .addKeyValue("pen", target.name())
                .addKeyValue("restarts", state.last().map(r -> r.restarts()).orElse(0L))
                .log("pen has started anew, or two pens share its control port");
    }

    void bug(Throwable bug) {
        log.atError().addKeyValue("pen", target.name()).setCause(bug).log("unexpected error in a poll");
    }
}
