package io.github.penagent.cluster;

import io.github.penagent.cluster.etcd.EtcdSettings;
import java.time.Duration;
import java.util.regex.Pattern;

/** How the pens are divided among agents. */
public sealed interface ClusterSettings {
    int MAX_SHARDS = 1000;
    Duration MIN_TTL = Duration.ofSeconds(5);
    Duration MAX_TTL = Duration.ofSeconds(60);
    Duration DEFAULT_TTL = Duration.ofSeconds(10);
    String DEFAULT_PREFIX = "/pen-agent";

    /** Begins with a slash and does not end with one. */
    Pattern PREFIX = Pattern.compile("(?:/[A-Za-z0-9_.-]{1,100}){1,8}");

    /** One agent has them all. */
    record Alone() implements ClusterSettings {}

    /**
     * Each agent has its part, for good.
     *
     * @param shard which part this agent has, from 1
     * @param of how many parts there are, 2 to 1000
     */
    record Shard(int shard, int of) implements ClusterSettings {
        public Shard {
            if (of < 2 || of > MAX_SHARDS || shard < 1 || shard > of) {
                throw new IllegalArgumentException("no part " + shard + " of " + of);
            }
        }
    }

    /**
     * Agents agree in etcd who has which, and take over from those that are gone.
     *
     * @param ttl for how long an agent counts as there without word of it, in whole seconds
     * @param prefix of all keys
     */
    record OnEtcd(EtcdSettings etcd, Duration ttl, String prefix) implements ClusterSettings {
        public OnEtcd {
            if (ttl.compareTo(MIN_TTL) < 0 || ttl.compareTo(MAX_TTL) > 0 || ttl.toNanosPart() != 0) {
                throw new IllegalArgumentException("no such ttl: " + ttl);
            }
            if (!PREFIX.matcher(prefix).matches()) {
                throw new IllegalArgumentException("no such prefix: " + prefix);
            }
        }
    }
}
