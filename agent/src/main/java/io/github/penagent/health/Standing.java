package io.github.penagent.health;

/** What the results of one check amount to so far. */
public enum Standing {
    /** Nothing, or nothing that is still fresh. */
    UNKNOWN,
    HEALTHY,
    FAILING
}
