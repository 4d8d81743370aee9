/** The agent as users run it, between real pens and a real Prometheus: what it says must be true. */
@NullMarked
package io.github.penagent.acceptance;

import org.jspecify.annotations.NullMarked;
