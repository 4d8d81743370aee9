/**
 * The wire: pen's control port, spoken so that a pen never waits for us.
 *
 * <p>{@link io.github.penagent.penctl.Endpoint} says where, {@link io.github.penagent.penctl.Command} what (only
 * commands that cannot hurt a pen can be built), {@link io.github.penagent.penctl.PenClient} asks, one connection at a
 * time, and every outcome is an {@link io.github.penagent.penctl.Answer}. Usable without the rest of the agent.
 *
 * <p>May touch reactor-core and Netty's transport; knows no metrics, HTTP or configuration. pen's own words (server,
 * slot, sx, rx) stay in here.
 */
@NullMarked
package io.github.penagent.penctl;

import org.jspecify.annotations.NullMarked;
