package io.github.penagent.simulation;

import java.util.SplittableRandom;

/** Clients that ask at a given rate, whatever becomes of it, and never more often because it fails. */
final class Crowd {
    private static final int CLIENTS = 40;
    private static final int FIRST_PORT = 20_000;
    private static final int PORTS = 40_000;

    private final World world;
    private final double perSecond;
    private final long untilNanos;
    private final SplittableRandom chance;
    private int asked;

    Crowd(World world, double perSecond, long untilNanos) {
        this.world = world;
        this.perSecond = perSecond;
        this.untilNanos = untilNanos;
        this.chance = world.chance(1);
    }

    /** Every draw is made whatever happens, so that the same clients ask the same under every policy. */
    void come() {
        long gap = (long) (1e9 / perSecond * (0.5 + chance.nextDouble()));
        long next = world.time().nanos() + gap;
        int client = chance.nextInt(CLIENTS);
        int lot = chance.nextInt(100);
        if (next < untilNanos) {
            world.time().at(next, () -> {
                ask("10.9.0." + (client + 1), lot);
                come();
            });
        }
    }

    private void ask(String client, int lot) {
        long began = world.time().nanos();
        int port = FIRST_PORT + asked++ % PORTS;
        world.pen().connect(new Request(world, client, port, lot, right -> {
            if (right) {
                world.score().served();
            } else {
                world.score().failed(began);
            }
        }));
    }
}
