/**
 * The agent, as users start it, among pens that are killed, stopped, replaced and restarted; and what the agent's own
 * misfortunes cost a pen.
 */
@NullMarked
package io.github.penagent.faults;

import org.jspecify.annotations.NullMarked;
