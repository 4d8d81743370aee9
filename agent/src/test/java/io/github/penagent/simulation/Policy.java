package io.github.penagent.simulation;

/** Who watches. */
enum Policy {
    /** Nobody: pen alone. */
    NOBODY,
    PENBW,
    OURS
}
