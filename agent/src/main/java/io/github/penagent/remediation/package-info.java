/**
 * The hand: decides which backends to take out of a pen and for how long, and does it.
 *
 * <p>{@link io.github.penagent.remediation.Core#step} is the decision: pure arithmetic over what was seen, without clock, I/O,
 * thread or chance, so that a recorded run can be replayed. The guards in {@code remediation.guard} each answer one question, and
 * an ejection needs all of them to agree. {@code Hand} is the only class of the agent that changes a pen, and needs a {@link
 * io.github.penagent.remediation.Permit} for it, which only the core can make. May touch {@code penctl}, {@code fleet}, {@code
 * health} and Reactor. Without this package the agent is an exporter.
 */
@NullMarked
package io.github.penagent.remediation;

import org.jspecify.annotations.NullMarked;
