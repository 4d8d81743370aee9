/**
 * The log: one line an event, logfmt or JSON, on stderr, and never a reason for the agent to wait.
 *
 * <p>May touch slf4j and logback. The rest of the agent logs through slf4j and does not know this package; only the command
 * line chooses format and level here.
 */
@NullMarked
package io.github.penagent.logging;

import org.jspecify.annotations.NullMarked;
