package io.github.penagent.simulation;

/** Who watches. */
enum Policy {
    /** Nobody: pen alone. */
    NOBODY("no agent"),
    PENBW("penbw's"),
    OURS("ours");

    private final String label;

    Policy(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }
}
