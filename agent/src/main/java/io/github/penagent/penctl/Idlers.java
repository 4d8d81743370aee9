package io.github.penagent.penctl;

/**
 * Idle connections that pen keeps to its servers.
 *
 * @param have how many there are
 * @param wanted how many were asked for
 */
public record Idlers(int have, int wanted) {}
