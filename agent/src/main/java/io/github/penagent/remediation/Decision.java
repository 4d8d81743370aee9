package io.github.penagent.remediation;

import io.github.penagent.remediation.guard.Answer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One decision, as it is logged, audited and shown.
 *
 * @param id grows from decision to decision; that of the permit, where there is one
 * @param nanos when, on the core's clock
 * @param server the slot's number, -1 where it is about the pen
 * @param address the backend, empty where it is about the pen
 * @param mode in force on this pen then
 * @param source what spoke against the backend first; absent where nothing did
 * @param evidence what was known, in words
 * @param guards every guard that was asked, with its answer
 * @param refusedBy the first guard that refused; absent if none did
 * @param seconds of the lease, 0 where there is none
 */
public record Decision(
        long id,
        long nanos,
        String pen,
        int server,
        String address,
        Kind kind,
        Mode mode,
        Optional<Source> source,
        String evidence,
        List<Answer> guards,
        Optional<String> refusedBy,
        int seconds) {
    public Decision {
        guards = List.copyOf(guards);
    }

    /** What was decided. */
    public enum Kind {
        /** A backend is failing by the evidence. */
        FAILING,
        /** It no longer is. */
        HEALTHY,
        /** To take it out. */
        EJECT,
        /** To keep it out. */
        RENEW,
        /** To let it in before its lease ends. */
        LIFT,
        /** A lease ended; pen uses the backend again. */
        RETURN,
        /** A lease is gone or not known any more: pen started anew, the slot changed, somebody ended it. */
        LOST,
        /** It comes and goes too often to be acted upon. */
        FLAPPING,
        /** The agent suspects itself. */
        PANIC,
        /** It no longer does. */
        CALM,
        /** pen's place for failed connects is to be made larger. */
        RAISE_PENDING,
        /** A person held a backend, or is taken to have done so. */
        HOLD,
        /** The mode in force changed. */
        MODE,
        /** Another program seems to act on this pen. */
        TWIN,
        /** pen's global blacklist time changed, which moves the end of every blacklist. */
        BLACKLIST_TIME;

        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Whether something is to be done about it now. */
    public boolean permitted() {
        return refusedBy.isEmpty();
    }
}
