package io.github.penagent.web;

/** The word that a client has to bear, or what can be told of it. */
public sealed interface Token {
    /** The word itself. */
    record Word(Secret secret) implements Token {}

    /** Only its hash is known. */
    record Hashed(PasswordHash hash) implements Token {}
}
