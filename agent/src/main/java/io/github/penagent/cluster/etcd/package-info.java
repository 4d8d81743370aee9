/**
 * What of etcd is needed to share work: leases, keys that belong to them, and word of what changes, over etcd's own JSON gateway.
 *
 * <p>{@link io.github.penagent.cluster.etcd.Etcd} is what others see. Nothing is logged here: each failure is told to whoever asked.
 */
@NullMarked
package io.github.penagent.cluster.etcd;

import org.jspecify.annotations.NullMarked;
