package io.github.penagent.remediation;

import java.util.Locale;

/** How far the agent may go, from nothing to everything. */
public enum Mode {
    /** No verdicts at all. */
    OFF(0),
    /** Verdicts are shown, nothing is decided. */
    OBSERVE(1),
    /** Everything is decided and nothing is done; the record says what would have been. */
    DRY_RUN(2),
    /** Failing backends are taken out. */
    ENFORCE(3);

    private final int level;

    Mode(int level) {
        this.level = level;
    }

    /** As in metrics, 0 to 3. */
    public int level() {
        return level;
    }

    /** As in configuration and records: {@code dry-run}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public Mode and(Mode other) {
        return compareTo(other) <= 0 ? this : other;
    }
}
