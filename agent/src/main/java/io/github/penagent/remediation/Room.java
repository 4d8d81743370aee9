package io.github.penagent.remediation;

import io.github.penagent.remediation.guard.Answer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Room for failed connects: pen never gives their places back, and without one left it accepts nothing. */
final class Room {
    private static final Duration RESCUE = Duration.ofSeconds(30);

    private final Mind mind;
    private final PenCase pen;

    Room(Mind mind) {
        this.mind = mind;
        this.pen = mind.pen();
    }

    /** Once per run of pen, before it is needed. */
    void makeRoom() {
        int places = mind.rules().settings().pendingMax();
        boolean due = pen.readable && !pen.roomMade && pen.roomId < 0 && mind.now() >= pen.roomNanos;
        if (places > 0 && due && mind.decides()) {
            room(places, "failed connects take places that pen never gives back, and without one it accepts nothing");
        }
    }

    /** pen answers and forwards nothing: the sign of a pen without a place left. */
    void rescue() {
        int places = mind.rules().settings().pendingMax();
        boolean due = pen.roomId < 0 && mind.now() - pen.roomNanos >= RESCUE.toNanos();
        if (places > 0 && pen.readable && mind.mode() == Mode.ENFORCE && (due || pen.roomNanos == Long.MIN_VALUE)) {
            long more = pen.places == 0 ? places : Math.min(2L * pen.places, RemediationSettings.MAX_PENDING);
            room((int) more, "pen answers on its control port and forwards nothing");
        }
    }

    /** No word of it for so long: it may not have been made. */
    void expire(Duration noWord) {
        if (pen.roomId >= 0 && mind.now() - pen.roomNanos > noWord.toNanos()) {
            pen.roomId = -1;
            pen.roomMade = false;
        }
    }

    private void room(int places, String why) {
        long id = mind.id();
        Answer mode = new Answer(
                "mode",
                mind.mode() == Mode.ENFORCE,
                "the mode in force is " + mind.mode().label());
        Decision decision = mind.decision(id, Decision.Kind.RAISE_PENDING, -1, Optional.empty(), why, List.of(mode), 0);
        pen.roomMade = true;
        pen.places = places;
        pen.roomNanos = mind.now();
        if (decision.permitted()) {
            pen.roomId = id;
            mind.want(new Action.RaisePending(id, pen.name, pen.incarnation(), places, decision));
        } else {
            mind.want(new Action.Note(decision));
        }
    }
}
