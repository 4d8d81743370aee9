package io.github.penagent.penctl;

import java.util.Locale;

/** Of which side's end pen takes as the end of both, {@code tcp_fastclose}. */
public enum FastClose {
    UP,
    DOWN,
    BOTH,
    OFF;

    /** pen's own word. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
