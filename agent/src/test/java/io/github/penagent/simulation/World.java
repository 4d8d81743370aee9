package io.github.penagent.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** One pen, its backends and its clients, and the machine from which they are watched. */
final class World {
    private final Timeline time = new Timeline();
    private final Map<String, Backend> backends = new LinkedHashMap<>();
    private final List<Backend> slots = new ArrayList<>();
    private final Score score = new Score();
    private final Watcher watcher;
    private final Pen pen;
    private final long seed;

    World(int size, List<String> options, long seed) {
        this.seed = seed;
        List<String> configuration = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            slots.add(backend("10.0.0." + (i + 1) + ":80"));
            configuration.add("server " + i + " address 10.0.0." + (i + 1) + " port 80");
        }
        configuration.addAll(options);
        pen = new Pen(this, configuration);
        watcher = new Watcher(this);
        everySecond();
    }

    Timeline time() {
        return time;
    }

    Pen pen() {
        return pen;
    }

    Score score() {
        return score;
    }

    /** The machine of whoever watches this pen. */
    Watcher watcher() {
        return watcher;
    }

    /** The server that was in this slot at the beginning. */
    Backend backend(int slot) {
        return slots.get(slot);
    }

    /** The server at an address; one that nobody has heard of serves, too. */
    Backend backend(String address) {
        return backends.computeIfAbsent(address, name -> new Backend(name, time));
    }

    List<Backend> all() {
        return slots;
    }

    /** Another stream of chance for each purpose, so that what one draws changes nothing for the others. */
    SplittableRandom chance(int purpose) {
        return new SplittableRandom(seed * 1_000_003 + purpose);
    }

    private void everySecond() {
        time.after(Duration.ofSeconds(1), () -> {
            if (!pen.isDown()) {
                List<String> table = pen.addresses();
                for (int slot = 0; slot < table.size(); slot++) {
                    if (pen.blacklisted(slot) && backend(table.get(slot)).settled()) {
                        score.idled();
                    }
                }
            }
            everySecond();
        });
    }

    /** A command of whoever watches that changes pen: what it does to clients is put down. */
    String change(String command) {
        List<String> table = pen.addresses();
        List<Boolean> out = new ArrayList<>();
        for (int slot = 0; slot < table.size(); slot++) {
            out.add(pen.blacklisted(slot));
        }
        String reply = pen.execute(command);
        boolean any = false;
        for (int slot = 0; slot < table.size(); slot++) {
            if (pen.blacklisted(slot) && !out.get(slot)) {
                score.ejected(backend(table.get(slot)).settled());
                any = true;
            }
        }
        if (any && allOut(table.size())) {
            score.emptied();
        }
        return reply;
    }

    private boolean allOut(int size) {
        for (int slot = 0; slot < size; slot++) {
            if (!pen.blacklisted(slot)) {
                return false;
            }
        }
        return true;
    }
}
