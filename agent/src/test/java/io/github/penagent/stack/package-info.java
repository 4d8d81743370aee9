/** Everything at once, as users have it: pens, an agent, Prometheus, and what we ship for it. */
@NullMarked
package io.github.penagent.stack;

import org.jspecify.annotations.NullMarked;
