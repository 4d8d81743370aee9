/**
 * Test support: the programs that the agent is tested against (pen, penctl, Prometheus), the backends and clients around
 * them, {@link io.github.penagent.peers.FakePen}, which misbehaves as no real pen can be made to, and {@link
 * io.github.penagent.peers.RunningAgent}, the agent itself as users run it.
 *
 * <p>Everything listens on loopback only, on ports of its own, and is ended by its own process id.
 */
@NullMarked
package io.github.penagent.peers;

import org.jspecify.annotations.NullMarked;
