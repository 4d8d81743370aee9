package io.github.penagent.page;

import io.github.penagent.fleet.Checks;
import io.github.penagent.fleet.Observation;
import io.github.penagent.fleet.Outlook;
import io.github.penagent.fleet.PenSettings;
import io.github.penagent.fleet.PenState;
import io.github.penagent.fleet.Remedy;
import io.github.penagent.fleet.Slots;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** Any number of pens that are polled by nobody and look as if they were. */
final class MadeUpFleet {
    private static final String PREFIX = "pen-";
    private static final Remedy.Tally NOTHING = new Remedy.Tally(Map.of(), Map.of(), Map.of(), Map.of(), 0);

    private final ConcurrentMap<String, PenState> states = new ConcurrentSkipListMap<>();
    private final int backends;
    private long polls;
    private boolean frozen;

    MadeUpFleet(int pens, int backends) {
        this.backends = backends;
        for (int i = 0; i < pens; i++) {
            states.put(name(i), PenState.unknown(name(i)));
        }
        pollAll();
    }

    static String name(int pen) {
        return PREFIX + "%03d".formatted(pen);
    }

    static String address(int pen, int server) {
        return "10.%d.%d.%d:80".formatted(pen / 200, pen % 200, server % 250) + (server >= 250 ? server : "");
    }

    List<PenState> states() {
        return List.copyOf(states.values());
    }

    synchronized void pollAll() {
        poll(1);
    }

    /** Nothing is polled any more. */
    synchronized void freeze() {
        frozen = true;
    }

    /** One in so many, in turn: as if each were polled that seldom. */
    synchronized void poll(int oneIn) {
        if (frozen) {
            return;
        }
        polls++;
        for (PenState state : states.values()) {
            int pen = Integer.parseInt(state.name().substring(PREFIX.length()));
            if (pen % oneIn == polls % oneIn) {
                states.put(state.name(), polled(state, pen));
            }
        }
    }

    private PenState polled(PenState state, int pen) {
        Slots.Builder slots = Slots.builder(backends);
        List<Checks.Row> checks = new ArrayList<>();
        long nanos = System.nanoTime();
        for (int i = 0; i < backends; i++) {
            double wave = 1.2 + Math.sin(polls / 3.0 + i);
            long bytes = before(state, i) + (long) (20_000 * wave * (1 + i % 7));
            slots.traffic(i, address(pen, i), bytes / 8, bytes)
                    .gauges(i, (int) (30 * wave), i % 3 == 0 ? 80 : 0, i % 3 == 0 ? 100 : 0, 1 + i % 3, i % 2);
            checks.add(new Checks.Row(
                    address(pen, i),
                    "home",
                    Checks.Standing.UP,
                    OptionalDouble.of(0.003),
                    polls,
                    0,
                    "status 200",
                    OptionalLong.of(nanos)));
        }
        Observation.Sample sample = new Observation.Sample(
                nanos, Instant.now(), Duration.ofMillis(1), OptionalInt.of(7), 0.001, slots.build());
        return state.next(new Observation.Polled(state.name(), sample))
                .next(new Observation.Checked(state.name(), new Checks(checks)))
                .next(new Observation.SettingsRead(
                        state.name(),
                        new PenSettings(
                                "0.0.0.0:80",
                                "10.9.9.9:8888",
                                "no hash roundrobin",
                                OptionalInt.of(256 * Math.max(1, backends / 4)),
                                OptionalInt.of(2048),
                                OptionalInt.of(30))))
                .next(new Observation.Forwards(state.name(), Optional.of(true)));
    }

    private static long before(PenState state, int server) {
        return state.last().map(last -> last.slots().received(server)).orElse(1_000_000L * (server + 1));
    }

    synchronized void learn(Observation observation) {
        states.computeIfPresent(observation.pen(), (name, state) -> state.next(observation));
    }

    synchronized void remove(String pen) {
        states.remove(pen);
    }

    /** What the agent thinks of one pen from now on. */
    void think(String pen, List<Remedy.Ejected> ejected, Outlook outlook) {
        learn(new Observation.Remedied(
                pen,
                new Remedy(
                        3,
                        "enforce",
                        outlook.panic().isPresent(),
                        1,
                        ejected,
                        NOTHING,
                        OptionalInt.empty(),
                        OptionalDouble.empty(),
                        outlook)));
    }

    static Outlook outlook(Outlook.Opinion... opinions) {
        return new Outlook(Optional.empty(), Optional.empty(), false, List.of(opinions));
    }

    static Outlook.Opinion failing(int server, String address, String evidence) {
        return new Outlook.Opinion(
                server,
                address,
                Outlook.Verdict.FAILING,
                evidence,
                OptionalLong.of(System.nanoTime() - 42_000_000_000L),
                Optional.of("min_healthy"),
                false,
                OptionalLong.empty(),
                Optional.empty());
    }

    static Outlook.Opinion held(int server, String address, String owner, String reason) {
        return new Outlook.Opinion(
                server,
                address,
                Outlook.Verdict.FINE,
                "",
                OptionalLong.empty(),
                Optional.empty(),
                false,
                OptionalLong.empty(),
                Optional.of(new Outlook.Held(
                        "keep-in",
                        owner,
                        reason,
                        System.nanoTime() + Duration.ofHours(2).toNanos())));
    }
}
