/**
 * The page: each pen's state rendered once, when it changes, and joined family by family when somebody scrapes.
 *
 * <p>May touch {@code fleet}, listener interfaces of other packages and Micrometer, whose registry carries the agent's own
 * meters. {@link io.github.penagent.metrics.Family} holds every name and help text.
 */
@NullMarked
package io.github.penagent.metrics;

import org.jspecify.annotations.NullMarked;
