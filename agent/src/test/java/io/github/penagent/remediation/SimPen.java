package io.github.penagent.remediation;

import io.github.penagent.fleet.FailureReason;
import io.github.penagent.fleet.Observation;
import io.github.penagent.fleet.PenSettings;
import io.github.penagent.fleet.PenState;
import io.github.penagent.fleet.Slots;
import io.github.penagent.health.Cause;
import io.github.penagent.health.Result;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** A pen as it really is: what its backends do, what goes through them, and which it avoids because of whom. */
final class SimPen {
    /** What is wrong with a backend, in truth. */
    enum Ill {
        NOT,
        REFUSED,
        SILENT,
        CLOSED,
        WRONG
    }

    /** One slot. */
    static final class Place {
        String address;
        Ill ill = Ill.NOT;
        long sent;
        long received;
        int weight = 1;
        int connections = 3;
        /** Until when pen avoids it, and whether an agent wrote that. */
        long outNanos = Long.MIN_VALUE;

        boolean ours;
        boolean asserted;

        Place(String address) {
            this.address = address;
        }

        boolean out(long now) {
            return outNanos > now;
        }
    }

    final String name;
    final List<Place> places = new ArrayList<>();
    PenState state;
    int pid = 100;
    boolean readable = true;
    boolean showsStatus;
    int blacklistSeconds = 30;
    String mode = "no hash roundrobin no stubborn no weight no prio";

    SimPen(String name, int slots) {
        this.name = name;
        this.state = PenState.unknown(name);
        for (int i = 0; i < slots; i++) {
            places.add(new Place(address(i)));
        }
    }

    static String address(int i) {
        return "10.0.0." + (i + 1) + ":80";
    }

    /** Clients go wherever pen lets them. */
    void serve(long now, long millis) {
        for (Place place : places) {
            if (place.out(now) || place.address.isEmpty()) {
                continue;
            }
            boolean takes = place.ill != Ill.REFUSED;
            place.sent += takes ? 2 * millis : 0;
            place.received += place.ill == Ill.NOT ? 10 * millis : place.ill == Ill.WRONG ? millis : 0;
        }
    }

    Event.Polled poll(long now) {
        if (readable) {
            state = state.next(new Observation.Polled(
                            name,
                            new Observation.Sample(
                                    now, Instant.EPOCH, Duration.ofMillis(2), OptionalInt.of(pid), 0.001, slots())))
                    .next(new Observation.SettingsRead(
                            name,
                            new PenSettings(
                                    "",
                                    "",
                                    mode,
                                    OptionalInt.empty(),
                                    OptionalInt.empty(),
                                    OptionalInt.of(blacklistSeconds))));
        } else {
            state = state.next(new Observation.Failed(name, FailureReason.TIMEOUT, "no answer", Duration.ofSeconds(2)));
        }
        return new Event.Polled(now, state);
    }

    Slots slots() {
        Slots.Builder slots = Slots.builder(places.size());
        for (int i = 0; i < places.size(); i++) {
            Place place = places.get(i);
            slots.traffic(i, place.address, place.sent, place.received)
                    .gauges(i, place.connections, 0, 0, place.weight, Slots.ABSENT);
        }
        return slots.build();
    }

    /** What a check of this slot's backend sees; {@code cut} off, it gets through to nobody. */
    Result check(int slot, long now, boolean cut) {
        long started = now - Duration.ofMillis(5).toNanos();
        Ill ill = cut ? Ill.SILENT : places.get(slot).ill;
        return switch (ill) {
            case NOT -> new Result.Good(started, now, "200");
            case REFUSED -> new Result.Bad(started, now, Cause.REFUSED, "refused");
            case SILENT -> new Result.Bad(started, now, Cause.SILENT, "no answer");
            case CLOSED -> new Result.Bad(started, now, Cause.CLOSED, "closed");
            case WRONG -> new Result.Bad(started, now, Cause.WRONG, "500");
        };
    }

    Event.StatusRead status(long now) {
        Map<Integer, Integer> left = new HashMap<>();
        for (int i = 0; i < places.size(); i++) {
            long nanos = places.get(i).outNanos;
            left.put(i, nanos > now ? (int) ((nanos - now) / 1_000_000_000L) + 1 : 0);
        }
        long run = state.last().map(r -> r.restarts()).orElse(0L);
        return new Event.StatusRead(now, name, run, left, OptionalDouble.of(0));
    }

    /** All that was written to it is gone; counts begin at 0. */
    void restart() {
        pid++;
        for (Place place : places) {
            place.sent = 0;
            place.received = 0;
            place.outNanos = Long.MIN_VALUE;
        }
    }

    int outByAgents(long now) {
        return (int) places.stream()
                .filter(p -> p.out(now) && p.ours && !p.address.isEmpty())
                .count();
    }

    int assertedOut(long now) {
        return (int) places.stream()
                .filter(p -> p.out(now) && p.ours && p.asserted && !p.address.isEmpty())
                .count();
    }

    int usable() {
        return (int) places.stream().filter(p -> !p.address.isEmpty()).count();
    }
}
