/** Self-healing as users get it: the jar, real pens with traffic, and backends that fail in every way. */
@NullMarked
package io.github.penagent.healing;

import org.jspecify.annotations.NullMarked;
