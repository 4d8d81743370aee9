package io.github.penagent.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/** The machine from which the pen is watched: it may be cut off, stopped for a while, or die. */
final class Watcher {
    private static final String ADDRESS = "10.0.2.1";
    private static final Duration QUICK = Duration.ofMillis(1);

    private final World world;
    private final SplittableRandom chance;
    private final Map<String, Route> routes = new HashMap<>();
    private final List<Runnable> late = new ArrayList<>();
    private boolean stopped;
    private boolean dead;
    private boolean penHidden;

    /** How packets to an address fare. */
    enum Route {
        OPEN,
        /** A firewall refuses in the other's name. */
        REJECTED,
        /** They get lost. */
        DROPPED,
        /** The own kernel knows no way. */
        NONE
    }

    /** What one exchange came to. */
    enum Seen {
        GOOD,
        WRONG,
        REFUSED,
        SILENT,
        /** Nothing was learnt: it was our fault. */
        NOTHING
    }

    /** An exchange and how long it takes. */
    record Glimpse(Seen seen, Duration takes) {}

    Watcher(World world) {
        this.world = world;
        this.chance = world.chance(2);
    }

    void route(Backend to, Route now) {
        routes.put(to.address(), now);
    }

    void routes(Route now) {
        world.all().forEach(backend -> route(backend, now));
    }

    /** Whether packets to the control port get lost. */
    void hidePen(boolean now) {
        penHidden = now;
    }

    boolean penHidden() {
        return penHidden;
    }

    /** As by SIGSTOP; what becomes due meanwhile happens afterwards, at once. */
    void stop(Duration forHowLong) {
        stopped = true;
        world.time().after(forHowLong, () -> {
            stopped = false;
            List<Runnable> now = new ArrayList<>(late);
            late.clear();
            now.forEach(this::run);
        });
    }

    void kill() {
        dead = true;
        late.clear();
    }

    /** Something that its processes would do now. */
    void run(Runnable work) {
        if (dead) {
            return;
        }
        if (stopped) {
            late.add(work);
        } else {
            work.run();
        }
    }

    /** What an exchange with a backend that begins now comes to. */
    Glimpse look(String address, Duration timeout) {
        Backend backend = world.backend(address);
        int lot = chance.nextInt(100);
        return switch (routes.getOrDefault(address, Route.OPEN)) {
            case NONE -> new Glimpse(Seen.NOTHING, QUICK);
            case REJECTED -> new Glimpse(Seen.REFUSED, QUICK);
            case DROPPED -> new Glimpse(Seen.SILENT, timeout);
            case OPEN -> look(backend, lot, timeout);
        };
    }

    private static Glimpse look(Backend backend, int lot, Duration timeout) {
        Backend.Manner manner = backend.toCheck(lot);
        boolean answers = manner == Backend.Manner.SERVES || manner == Backend.Manner.ERRS;
        if (manner == Backend.Manner.REFUSES) {
            return new Glimpse(Seen.REFUSED, QUICK);
        }
        if (!answers || backend.delay().compareTo(timeout) >= 0) {
            return new Glimpse(Seen.SILENT, timeout);
        }
        return new Glimpse(manner == Backend.Manner.SERVES ? Seen.GOOD : Seen.WRONG, backend.delay());
    }

    /** A request of this machine's own, through the pen. */
    Request request(int port, Consumer<Boolean> ended) {
        return new Request(world, ADDRESS, port, chance.nextInt(100), ended);
    }
}
