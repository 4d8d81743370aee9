/**
 * The opinion: what checks and pen's own counters say of a backend, and when that is enough to call it failing.
 *
 * <p>Plain Java without clock, I/O or thread; may touch {@code fleet}. {@code health.probe} asks the backends.
 */
@NullMarked
package io.github.penagent.health;

import org.jspecify.annotations.NullMarked;
