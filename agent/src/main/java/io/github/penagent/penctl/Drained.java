package io.github.penagent.penctl;

/**
 * The limits that a server had before it was drained through this library.
 *
 * @param pid the run of pen that it was drained in; another run knows nothing of it
 * @param slot pen's index
 * @param address {@code host:port}, {@code [v6]:port} or a socket path
 * @param max the soft limit it had
 * @param hard the hard limit it had
 */
public record Drained(int pid, int slot, String address, int max, int hard) {}
