/** The wiring: the command line, the agent's start and its orderly end. Touches every other package; none knows it. */
@NullMarked
package io.github.penagent;

import org.jspecify.annotations.NullMarked;
