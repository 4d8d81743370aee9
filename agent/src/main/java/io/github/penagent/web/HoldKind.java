package io.github.penagent.web;

import java.util.Locale;

/** What a person may want of a backend. */
public enum HoldKind {
    KEEP_IN,
    KEEP_OUT,
    IGNORE;

    /** As people write it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
