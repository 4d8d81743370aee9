package io.github.penagent.cluster;

import java.util.Collection;

/** The pens whose names fall into one of several shares. Nobody takes over the share of an agent that is gone. */
public final class FixedShare implements Ownership {
    private final int shard;
    private final int of;

    /**
     * @param shard which share, from 1
     * @param of how many there are
     */
    public FixedShare(int shard, int of) {
        if (shard < 1 || shard > of) {
            throw new IllegalArgumentException("shard must be between 1 and " + of);
        }
        this.shard = shard;
        this.of = of;
    }

    @Override
    public void pens(Collection<String> all) {
        // Each name speaks for itself.
    }

    @Override
    public boolean isOurs(String pen) {
        return of == 1 || Rendezvous.shard(pen, of) == shard;
    }

    @Override
    public boolean mayAct(String pen) {
        return isOurs(pen);
    }
}
