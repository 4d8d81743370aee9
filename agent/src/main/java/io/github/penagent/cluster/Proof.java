package io.github.penagent.cluster;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * Until when this agent can prove that its lease in etcd stands. etcd counts from when it got a renewal, we from when we sent it, and
 * we stop sooner: by a margin for clocks that run at different speeds and for a command on its way. Both clocks have to agree,
 * because the monotonic one stands still while a machine is suspended.
 */
final class Proof {
    /** What is kept back of a lease: a fifth of it, and a second at least. */
    private static final int SHARE = 5;

    private static final Duration LEAST = Duration.ofSeconds(1);

    private final Duration good;
    private final LongSupplier nanos;
    private final InstantSource wall;
    private volatile Until until = new Until(0, Instant.MIN, false);

    private record Until(long nanos, Instant wall, boolean any) {}

    Proof(Duration ttl, LongSupplier nanos, InstantSource wall) {
        Duration share = ttl.dividedBy(SHARE);
        this.good = ttl.minus(share.compareTo(LEAST) < 0 ? LEAST : share);
        this.nanos = nanos;
        this.wall = wall;
    }

    /** A renewal that may be answered later is about to be sent; to be run once it was. */
    Runnable begin() {
        Until next =
                new Until(nanos.getAsLong() + good.toNanos(), wall.instant().plus(good), true);
        return () -> until = next;
    }

    /** The lease is no more. */
    void end() {
        until = new Until(0, Instant.MIN, false);
    }

    boolean holds() {
        Until now = until;
        return now.any && now.nanos - nanos.getAsLong() > 0 && wall.instant().isBefore(now.wall);
    }
}
