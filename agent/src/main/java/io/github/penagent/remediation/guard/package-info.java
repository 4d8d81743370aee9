/**
 * What an ejection has to pass: one question per class, each a pure function of the same facts. The core asks all of them, keeps
 * every answer, and goes by the first refusal in the order of {@link io.github.penagent.remediation.guard.Guards}.
 */
@NullMarked
package io.github.penagent.remediation.guard;

import org.jspecify.annotations.NullMarked;
