package io.github.penagent.demo;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;

/** Lets an open backend fail and return in turns, over and over. */
final class Outages {
    private static final long NO_TIMER = -1;

    private final Vertx vertx;
    private final DemoBackend backend;
    private final List<Duration> turns;
    private long timer = NO_TIMER;

    /** @param turns how long it is up, down, up, down, ...; an even number of durations, each at least 1 ms */
    Outages(Vertx vertx, DemoBackend backend, List<Duration> turns) {
        if (turns.isEmpty() || turns.size() % 2 != 0) {
            throw new IllegalArgumentException("as many turns down as up, not " + turns);
        }
        this.vertx = vertx;
        this.backend = backend;
        this.turns = List.copyOf(turns);
    }

    /** @param first how long it is up before the turns begin, with one down; at least 1 ms */
    void start(Duration first) {
        turn(0, first);
    }

    /** Leaves the backend as it is. */
    void stop() {
        vertx.cancelTimer(timer);
        timer = NO_TIMER;
    }

    private void turn(int number, Duration after) {
        timer = vertx.setTimer(after.toMillis(), id -> {
            // A port that was taken meanwhile makes this one longer outage.
            var changed = number % 2 == 0 ? backend.close() : backend.open();
            changed.onComplete(done -> {
                if (timer == id) {
                    int next = (number + 1) % turns.size();
                    turn(next, turns.get(next));
                }
            });
        });
    }
}
