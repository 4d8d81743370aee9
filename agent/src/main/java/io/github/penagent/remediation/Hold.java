package io.github.penagent.remediation;

import java.time.Duration;
import java.util.Locale;

/**
 * A person's word on one backend of one pen, which beats all evidence until it expires.
 *
 * @param kind what is wanted
 * @param owner who said so
 * @param reason why, for those who read it later
 * @param untilNanos when it ends, on the core's clock; at most {@link #MAX} after it was set
 */
public record Hold(Kind kind, String owner, String reason, long untilNanos) {
    public static final Duration MAX = Duration.ofHours(24);

    /** In one line, such as {@code keep-in by ann: migration}. */
    String words() {
        return kind.label() + " " + said();
    }

    /** Such as {@code by ann: migration}. */
    String said() {
        return "by " + owner + ": " + reason;
    }

    /** What a person may want. */
    public enum Kind {
        /** Never eject it. */
        KEEP_IN,
        /** Eject it and keep it out, as long as another backend is left. */
        KEEP_OUT,
        /** Neither eject nor renew. */
        IGNORE;

        public String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
