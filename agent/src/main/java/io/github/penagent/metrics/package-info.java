/**
 * The page: the pens' states rendered, family by family, when somebody scrapes for the first time after one of them has changed.
 *
 * <p>May touch {@code fleet}, listener interfaces of other packages, Micrometer, whose registry carries the agent's own meters, and
 * Netty's buffers, in which a page waits outside the heap. {@link io.github.penagent.metrics.Family} holds every name and help text.
 */
@NullMarked
package io.github.penagent.metrics;

import org.jspecify.annotations.NullMarked;
