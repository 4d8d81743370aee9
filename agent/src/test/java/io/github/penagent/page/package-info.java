/** The status page in a real browser, on a real agent and on fleets that are made up. */
@NullMarked
package io.github.penagent.page;

import org.jspecify.annotations.NullMarked;
