package io.github.penagent.cluster.etcd;

import java.util.Optional;

/**
 * One key that was written or went.
 *
 * @param revision at which it did; several keys may share one
 * @param now what stands there since; empty: deleted, or gone with its lease
 */
public record Change(long revision, String key, Optional<Entry> now) {}
