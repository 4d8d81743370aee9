/**
 * Something to watch where no pen is installed: a model of pen, small balancers that behave by it, backends and clients.
 *
 * <p>{@link io.github.penagent.demo.PenModel} is pen 0.34.1 as arithmetic: no I/O, no clock, no thread, so that a
 * simulation can use it as well. {@link io.github.penagent.demo.EmbeddedPen} gives it sockets, and
 * {@link io.github.penagent.demo.Demo} puts three of them under traffic.
 *
 * <p>May touch java.*, Vert.x and Netty only. The rest of the agent, {@code penctl} included, is to meet these pens through
 * their ports, as it meets real ones.
 */
@NullMarked
package io.github.penagent.demo;

import org.jspecify.annotations.NullMarked;
