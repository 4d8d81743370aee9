/**
 * The rhythm: when each pen is asked what, how much of its loop that may cost, and how its replies become facts.
 *
 * <p>May touch {@code penctl}, {@code fleet} and reactor-core. Knows no metrics, HTTP or configuration file.
 */
@NullMarked
package io.github.penagent.poll;

import org.jspecify.annotations.NullMarked;
