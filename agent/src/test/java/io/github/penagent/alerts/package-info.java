/** The alerts, recording rules, runbooks and example configurations in the repository's {@code alerts}. */
@NullMarked
package io.github.penagent.alerts;

import org.jspecify.annotations.NullMarked;
