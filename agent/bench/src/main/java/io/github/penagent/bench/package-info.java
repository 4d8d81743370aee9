/**
 * How fast, light and gentle the agent is: always against somebody else who does the same in the same run, in turn, so that
 * what the machine does meanwhile meets them all.
 */
@NullMarked
package io.github.penagent.bench;

import org.jspecify.annotations.NullMarked;
