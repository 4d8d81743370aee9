package io.github.penagent.web;

/** Where it is written who may enter. */
public interface AccessSource {
    /**
     * Reads it now. Blocks.
     *
     * @throws IllegalArgumentException if it makes no sense at the moment, in one line without secrets
     */
    Access read();
}
