package io.github.penagent.bench;

import io.github.penagent.peers.FakePen;
import io.github.penagent.peers.PenScript;
import io.github.penagent.peers.Ports;
import io.github.penagent.peers.RealPen;
import io.github.penagent.penctl.Endpoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Pens of which some are always ill: one starts anew or hangs every second, others answer nonsense, and some are not there. */
final class Sickroom implements AutoCloseable {
    private static final int REAL = 60;
    private static final int FAKE = 20;
    private static final int NOBODY = 5;
    private static final int BACKENDS = 10;
    private static final Duration HANGING = Duration.ofSeconds(3);
    private static final String LINE = "0 addr 127.0.0.1 port 9 conn 3 max 0 hard 0 weight 0 prio 0 sx 1000 rx 2000\n";

    private static final List<PenScript> WAYS_TO_FAIL = List.of(
            PenScript.replies("garbage \u0000\u00ff" + "x".repeat(300) + "\n"),
            PenScript.replies(LINE.substring(0, 40)),
            PenScript.replies("7 addr 127.0.0.1 port 9\n"),
            PenScript.saysNothing(),
            PenScript.hangs(),
            PenScript.hangsAfter(LINE),
            PenScript.resetsAtOnce(),
            PenScript.resetsAfter(LINE),
            PenScript.neverEnds(LINE),
            PenScript.replies(LINE));

    private final List<RealPen> pens = new ArrayList<>();
    private final List<FakePen> fakes = new ArrayList<>();
    private final List<Integer> nobodys = new ArrayList<>();
    private final Random chance = new Random(7);

    static Sickroom open() {
        Sickroom room = new Sickroom();
        try {
            for (int i = 0; i < REAL; i++) {
                RealPen.Builder pen = RealPen.with().options("-r");
                for (int b = 0; b < BACKENDS; b++) {
                    pen.backend("127.3.0." + (1 + b) + ":9");
                }
                room.pens.add(pen.start());
            }
            for (int i = 0; i < FAKE; i++) {
                room.fakes.add(FakePen.that(WAYS_TO_FAIL.get(i % WAYS_TO_FAIL.size())));
            }
            for (int i = 0; i < NOBODY; i++) {
                room.nobodys.add(Ports.free("127.0.0.1"));
            }
            return room;
        } catch (RuntimeException | Error e) {
            room.close();
            throw e;
        }
    }

    List<Integer> ports() {
        List<Integer> ports = new ArrayList<>(nobodys);
        pens.forEach(pen -> ports.add(((Endpoint.Tcp) pen.controlEndpoint()).port()));
        fakes.forEach(fake -> ports.add(((Endpoint.Tcp) fake.endpoint()).port()));
        return ports;
    }

    int backends() {
        return REAL * BACKENDS;
    }

    /** One more of each: a pen starts anew, one hangs for some seconds, one fails in another way. */
    void worsen() throws InterruptedException {
        pens.get(chance.nextInt(REAL)).restart();
        fakes.get(chance.nextInt(FAKE)).does(WAYS_TO_FAIL.get(chance.nextInt(WAYS_TO_FAIL.size())));
        RealPen hanging = pens.get(chance.nextInt(REAL));
        hanging.stop();
        Thread.sleep(HANGING.toMillis());
        hanging.cont();
    }

    @Override
    public void close() {
        pens.forEach(RealPen::close);
        fakes.forEach(FakePen::close);
    }
}
