/**
 * Whose pens these are, where several agents share the work: a fixed share of all names, or work that is shared on etcd.
 *
 * <p>{@link io.github.penagent.cluster.Ownership} answers two questions: which pens this agent watches, and whether it may write to
 * one of them right now. {@link io.github.penagent.cluster.SharedWork} answers them by claims in etcd, of which there is at most one
 * for each pen. pen itself knows nothing of owners: what a late command could do is bounded by the caps and by how short a lease in
 * pen is, not by this package.
 *
 * <p>May touch Reactor and slf4j-api; {@code cluster.etcd} Vert.x, too. What of a pen's past moves with it is text here, made and
 * read by whoever watches pens.
 */
@NullMarked
package io.github.penagent.cluster;

import org.jspecify.annotations.NullMarked;
