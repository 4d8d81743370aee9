package io.github.penagent.fleet;

import java.util.Locale;

/** Why a poll that was due did not take place. */
public enum SkipReason {
    /** The one before was still under way. */
    OVERLAP,
    /** It would have taken more of pen's loop than allowed. */
    LOAD_BUDGET;

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
