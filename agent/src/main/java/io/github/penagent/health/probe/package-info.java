/**
 * The questions: asks backends what the checks say, in the order and at the pace that they are due.
 *
 * <p>{@link io.github.penagent.health.probe.Examiner} makes one exchange, {@link io.github.penagent.health.probe.Prober}
 * makes all of them in time. Troubles of our own are never held against a backend: they are {@code Result.Unknown}.
 *
 * <p>May touch {@code health}, Reactor, Vert.x, Netty and slf4j-api; shares nothing with the control connections.
 */
@NullMarked
package io.github.penagent.health.probe;

import org.jspecify.annotations.NullMarked;
