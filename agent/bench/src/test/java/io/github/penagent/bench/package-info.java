@NullMarked
package io.github.penagent.bench;

import org.jspecify.annotations.NullMarked;
