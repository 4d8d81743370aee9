package io.github.penagent.metrics;

/** Where finished lines go. */
interface Sink {
    /** Adds {@code bytes[from]} up to {@code bytes[to - 1]}. */
    void add(byte[] bytes, int from, int to);
}
