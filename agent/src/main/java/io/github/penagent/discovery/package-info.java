/**
 * What else is to be watched: pens that files and the DNS name, beside the fixed list.
 *
 * <p>{@link io.github.penagent.discovery.Discovery} looks at all {@link io.github.penagent.discovery.Source}s again and again
 * and yields the pens that they name now. A source that fails keeps what it said last; no source loses a pen by another's fault.
 *
 * <p>May touch {@code poll}'s and {@code penctl}'s words for a pen, Reactor, Vert.x and slf4j-api. What a file's text means is for
 * who gives the reader to say.
 */
@NullMarked
package io.github.penagent.discovery;

import org.jspecify.annotations.NullMarked;
