package io.github.penagent.cluster.etcd;

import java.util.List;

/**
 * All keys under a prefix at one moment.
 *
 * @param revision of that moment: what changes later has a higher one
 * @param entries in the order of their keys
 */
public record Listing(long revision, List<Entry> entries) {
    public Listing {
        entries = List.copyOf(entries);
    }
}
