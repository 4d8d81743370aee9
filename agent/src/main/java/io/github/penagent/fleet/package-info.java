/**
 * The facts: what was read from each pen, and what follows from comparing one reading with the next.
 *
 * <p>Plain Java without clock, I/O or thread; time arrives inside the observations. Knows neither pen's protocol nor how
 * anything is shown.
 */
@NullMarked
package io.github.penagent.fleet;

import org.jspecify.annotations.NullMarked;
