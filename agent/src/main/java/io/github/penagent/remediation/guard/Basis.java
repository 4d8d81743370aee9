package io.github.penagent.remediation.guard;

/** How well an ejection is founded, which decides how many there may be. */
public enum Basis {
    /** A check or an alert says that the backend fails. It could be our own view that is wrong. */
    ASSERTED,
    /** pen's own counters agree: nothing comes back from this backend while others answer. */
    CORROBORATED,
    /** A person said so. */
    PERSON
}
