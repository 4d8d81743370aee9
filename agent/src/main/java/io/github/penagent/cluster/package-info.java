/**
 * More than one agent: how the pens are divided among them, by numbers that were given to each, or by what they find in etcd.
 *
 * <p>May touch Reactor, Vert.x and slf4j-api. What is done with a pen that is one's own is for the caller to say.
 */
@NullMarked
package io.github.penagent.cluster;

import org.jspecify.annotations.NullMarked;
