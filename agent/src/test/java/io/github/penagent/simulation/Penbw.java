package io.github.penagent.simulation;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * A watcher as penbw is by its manual: round after round with a pause of 60 s, one backend after another as pen lists them, a
 * blacklist of 300 s for each that does not answer with 2xx or 3xx within 5 s, and nothing else.
 */
final class Penbw {
    private static final Duration PAUSE = Duration.ofSeconds(60);
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final int BLACKLIST_SECONDS = 300;

    private final World world;
    private final Threads threads;

    Penbw(World world) {
        this.world = world;
        this.threads = new Threads(world);
    }

    void start() {
        threads.after(Duration.ofSeconds(1 + world.chance(3).nextInt(60)), this::round);
    }

    private void round() {
        if (world.pen().isDown() || world.watcher().penHidden()) {
            threads.after(PAUSE, this::round);
        } else {
            next(0, new ArrayDeque<>(world.pen().addresses()));
        }
    }

    private void next(int slot, Deque<String> left) {
        if (left.isEmpty()) {
            threads.after(PAUSE, this::round);
            return;
        }
        Watcher.Glimpse glimpse = world.watcher().look(left.remove(), TIMEOUT);
        threads.after(glimpse.takes(), () -> {
            boolean reachable = !world.pen().isDown() && !world.watcher().penHidden();
            if (glimpse.seen() != Watcher.Seen.GOOD && reachable) {
                world.change("server " + slot + " blacklist " + BLACKLIST_SECONDS);
            }
            next(slot + 1, left);
        });
    }
}
