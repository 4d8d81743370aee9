package io.github.penagent.remediation;

import java.util.Locale;

/** How far the agent may go, from nothing to everything. */
public enum Mode {
    /** No verdicts at all. */
    OFF,
    /** Verdicts are shown, nothing is decided. */
    OBSERVE,
    /** Everything is decided and nothing is done; the record says what would have been. */
    DRY_RUN,
    /** Failing backends are taken out. */
    ENFORCE;

    /** As in configuration and records: {@code dry-run}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public Mode and(Mode other) {
        return compareTo(other) <= 0 ? this : other;
    }
}
